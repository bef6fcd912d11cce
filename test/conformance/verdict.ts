import * as E from 'fp-ts/lib/Either.js'
import { explain, type Invalid } from '../../src/error.js'
import { fromYaml, type Resource, toJson, toYaml } from '../../src/index.js'
import type { Disagreement } from './disagreement.js'
import type { Answer, Oracle } from './oracle.js'
import { stricterReason } from './stricter.js'

export interface File {
  readonly id: string
  readonly doc: string
}

export interface Comparison {
  readonly disagreements: ReadonlyArray<Disagreement>
  /** How many files met each fate: `accepted`, `refused`, or refused by us alone for a named reason. */
  readonly tally: ReadonlyMap<string, number>
}

type Verdict = Answer<'validate'>
type Ours = E.Either<Invalid, ReadonlyArray<Resource>>

/** What a cluster decides: objects that exist before calicoctl can change them, and what one refers to. */
const clusterDecides =
  /^operation Create is not supported on (Node|Profile|WorkloadEndpoint)\([^\n]*$|^[^\n]*\(BGPFilter\(s\) not found\)$/

/** Both verdicts on each file; where both accept it, what it becomes when it is printed again. */
export const compare = async (oracle: Oracle, files: ReadonlyArray<File>): Promise<Comparison> => {
  const ours = files.map(({ doc }) => fromYaml(doc, { calico: '3.28' }))
  const [calico, fromOurYaml, fromOurJson] = await Promise.all([
    oracle.ask(files.map(({ doc }) => ({ op: 'validate' as const, doc }))),
    oracle.ask(ours.map((result) => ({ op: 'validate' as const, doc: printed(result, toYaml) }))),
    oracle.ask(ours.map((result) => ({ op: 'validate' as const, doc: printed(result, toJson) }))),
  ])
  const tally = new Map<string, number>()
  const disagreements: Array<Disagreement> = []
  files.forEach((file, i) => {
    const [one, result] = [calico[i], ours[i]]
    if (one === undefined || result === undefined) throw new Error('an answer is missing')
    const fate = E.isRight(result)
      ? fateOfAccepted(one, fromOurYaml[i], fromOurJson[i])
      : fateOfRefused(one, result.left)
    if (typeof fate === 'string') tally.set(fate, (tally.get(fate) ?? 0) + 1)
    else disagreements.push({ id: file.id, input: file.doc, ...fate })
  })
  return { disagreements, tally }
}

const printed = (result: Ours, print: (...resources: ReadonlyArray<Resource>) => string): string =>
  E.isRight(result) ? print(...result.right) : ''

type Fate = string | Pick<Disagreement, 'calico' | 'ours'>

const fateOfAccepted = (calico: Verdict, yaml: Verdict | undefined, json: Verdict | undefined): Fate => {
  if (!calico.ok) {
    if (clusterDecides.test(calico.error)) return 'accepted, left to the cluster'
    return { calico: `refused at ${calico.stage}: ${calico.error}`, ours: 'accepted' }
  }
  if (calico.live === false) return 'accepted, left to the API server'
  for (const [form, again] of Object.entries({ yaml, json })) {
    if (JSON.stringify(again) !== JSON.stringify(calico)) {
      return {
        calico: JSON.stringify(calico),
        ours: `printed as ${form}, it becomes ${JSON.stringify(again)}`,
      }
    }
  }
  return 'accepted'
}

const fateOfRefused = (calico: Verdict, invalid: Invalid): Fate => {
  if (!calico.ok) return 'refused'
  if (calico.live === false) return 'refused, as the API server would'
  const reason = stricterReason(invalid)
  if (reason !== undefined) return `stricter: ${reason}`
  return { calico: 'accepted', ours: explain(invalid) }
}
