import * as E from 'fp-ts/lib/Either.js'
import { explain, type Invalid } from '../../src/error.js'
import type { Resource } from '../../src/model/resource.js'
import { toJson } from '../../src/yaml/print/json.js'
import { toYaml } from '../../src/yaml/print/print.js'
import { fromYaml } from '../../src/yaml/read/from-yaml.js'
import type { Disagreement } from './disagreement.js'
import type { Answer, Oracle } from './oracle.js'
import { stricterReason } from './stricter.js'

export interface File {
  readonly id: string
  readonly doc: string
}

export interface Comparison {
  readonly disagreements: ReadonlyArray<Disagreement>
  /** How many files met each fate. */
  readonly tally: Readonly<Record<string, number>>
}

type Verdict = Answer<'validate'>
type Ours = E.Either<Invalid, ReadonlyArray<Resource>>
/** The name of a fate, or the two sides of a disagreement. */
type Fate = string | Pick<Disagreement, 'calico' | 'ours'>

/** What calicoctl says of a file, and of the file that we print after reading it. */
interface Seen {
  readonly doc: string
  readonly calico: Verdict
  readonly strict: Ours
  readonly lenient: Ours
  readonly printed: Readonly<Record<string, Verdict>>
}

/** What a cluster decides: objects that exist before calicoctl can change them, and what one refers to. */
const clusterDecides =
  /^operation Create is not supported on (Node|Profile|WorkloadEndpoint)\([^\n]*$|^[^\n]*\(BGPFilter\(s\) not found\)$/

/** Both verdicts on each file; where both accept it, what it becomes when it is printed again. */
export const compare = async (oracle: Oracle, files: ReadonlyArray<File>): Promise<Comparison> => {
  const tally: Record<string, number> = {}
  const disagreements: Array<Disagreement> = []
  const all = await look(oracle, files)
  files.forEach(({ id, doc }, i) => {
    const seen = all[i]
    if (seen === undefined) throw new Error('an answer is missing')
    const fate = seen.calico.ok ? fateOfTaken(seen, seen.calico) : fateOfRefused(seen, seen.calico.error)
    if (typeof fate === 'string') tally[fate] = (tally[fate] ?? 0) + 1
    else disagreements.push({ id, input: doc, ...fate })
  })
  return { disagreements, tally }
}

const look = async (oracle: Oracle, files: ReadonlyArray<File>): Promise<ReadonlyArray<Seen>> => {
  const ask = (docs: ReadonlyArray<string>) =>
    oracle.ask(docs.map((doc) => ({ op: 'validate' as const, doc })))
  const verdicts = ask(files.map(({ doc }) => doc))
  const read: Array<Pick<Seen, 'doc' | 'strict' | 'lenient'>> = []
  for (const [i, { doc }] of files.entries()) {
    const strict = fromYaml(doc, { calico: '3.28' })
    const lenient = E.isRight(strict) ? strict : fromYaml(doc, { calico: '3.28', lenient: true })
    read.push({ doc, strict, lenient })
    // The oracle answers meanwhile, as long as somebody takes its answers.
    if (i % 50 === 0) await new Promise(setImmediate)
  }
  const again = (print: typeof toYaml) =>
    ask(read.map(({ lenient }) => (E.isRight(lenient) ? print(...lenient.right) : '')))
  const [calico, yaml, json] = await Promise.all([verdicts, again(toYaml), again(toJson)])
  return read.flatMap((ours, i) => {
    const [verdict, asYaml, asJson] = [calico[i], yaml[i], json[i]]
    return verdict && asYaml && asJson
      ? [{ ...ours, calico: verdict, printed: { YAML: asYaml, JSON: asJson } }]
      : []
  })
}

const fateOfRefused = ({ strict, lenient }: Seen, error: string): Fate => {
  if (E.isLeft(strict) && E.isLeft(lenient)) return 'refused'
  if (clusterDecides.test(error)) return 'the cluster decides'
  return { calico: `refused: ${error}`, ours: E.isRight(strict) ? 'accepted' : 'accepted when lenient' }
}

const fateOfTaken = ({ doc, strict, lenient, printed }: Seen, calico: Verdict & { ok: true }): Fate => {
  if (calico.live === false) return 'the API server decides'
  if (E.isLeft(lenient)) {
    const reason = stricterReason(lenient.left, doc)
    return reason === undefined ? { calico: 'accepted', ours: explain(lenient.left) } : `refused: ${reason}`
  }
  for (const [form, verdict] of Object.entries(printed)) {
    const [ours, theirs] = [JSON.stringify(verdict), JSON.stringify(calico)]
    if (ours !== theirs) return { calico: theirs, ours: `printed as ${form}, it becomes ${ours}` }
  }
  if (E.isRight(strict)) return 'accepted'
  const reason = stricterReason(strict.left, doc)
  return reason === undefined
    ? { calico: 'accepted', ours: explain(strict.left) }
    : `refused unless lenient: ${reason}`
}
