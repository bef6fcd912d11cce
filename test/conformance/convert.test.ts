import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import { fromKubernetes } from '../../src/convert/from-kubernetes.js'
import { explain } from '../../src/error.js'
import { toJson } from '../../src/yaml/print/json.js'
import { agree, type Disagreement } from './disagreement.js'
import { kubernetesPolicies } from './generate/kubernetes.js'
import { type Answer, type Oracle, oracleTests } from './oracle.js'
import { conversions, rounds } from './size.js'
import { stricterReason } from './stricter.js'

type Ours = ReturnType<typeof fromKubernetes>
type Fate =
  | 'converted'
  | 'refused'
  | 'no cluster keeps it'
  | `refused: ${string}`
  | `refused unless lenient: ${string}`
  | Pick<Disagreement, 'calico' | 'ours'>

/** What Calico says, and its policy and ours as calicoctl reads them: `source: {}` is then the same as none. */
interface Seen {
  readonly calico: Answer<'convert'>
  readonly theirs: string
  /** Whether a cluster would keep what Calico makes of it. */
  readonly live: boolean
  readonly strict: Ours
  readonly lenient: Ours
  readonly ours: string
}

const look = async (oracle: Oracle, policies: ReadonlyArray<unknown>): Promise<ReadonlyArray<Seen>> => {
  const read = (docs: ReadonlyArray<string>) =>
    oracle.ask(docs.map((doc) => ({ op: 'decode' as const, doc })))
  const calico = await oracle.ask(
    policies.map((policy) => ({ op: 'convert' as const, doc: JSON.stringify(policy) })),
  )
  const strict = policies.map((policy) => fromKubernetes(policy))
  const lenient = policies.map((policy) => fromKubernetes(policy, { lenient: true }))
  const results = calico.map((answer) => (answer.ok ? JSON.stringify(answer.result) : ''))
  const theirs = await read(results)
  const created = await oracle.ask(results.map((doc) => ({ op: 'validate' as const, doc })))
  const ours = await read(lenient.map((result) => (E.isRight(result) ? toJson(result.right) : '')))
  return calico.flatMap((answer, i) => {
    const [one, other, kept] = [strict[i], lenient[i], created[i]]
    if (one === undefined || other === undefined) return []
    const [their, our] = [JSON.stringify(theirs[i]), JSON.stringify(ours[i])]
    const live = kept?.ok === true && kept.live !== false
    return [{ calico: answer, theirs: their, live, strict: one, lenient: other, ours: our }]
  })
}

const fateOf = ({ calico, theirs, live, strict, lenient, ours }: Seen): Fate => {
  if (E.isLeft(lenient)) {
    if (!calico.ok) return 'refused'
    if (!live) return 'no cluster keeps it'
    const reason = stricterReason(lenient.left)
    return reason === undefined ? { calico: theirs, ours: explain(lenient.left) } : `refused: ${reason}`
  }
  if (!calico.ok) return { calico: `refused at ${calico.stage}: ${calico.error}`, ours }
  if (theirs !== ours) return { calico: theirs, ours }
  if (E.isRight(strict)) return 'converted'
  const reason = stricterReason(strict.left)
  return reason === undefined
    ? { calico: theirs, ours: explain(strict.left) }
    : `refused unless lenient: ${reason}`
}

const conformance = suite('Kubernetes policies become what Calico makes of them')
const asked = await oracleTests(conformance)

asked(`in ${conversions} generated policies`, async (oracle) => {
  const found: Array<Disagreement> = []
  const tally: Record<string, number> = {}
  for (const size of rounds(conversions)) {
    const policies = kubernetesPolicies(size)
    for (const [i, seen] of (await look(oracle, policies)).entries()) {
      const fate = fateOf(seen)
      if (typeof fate === 'string') tally[fate] = (tally[fate] ?? 0) + 1
      else found.push({ id: `seed ${size.seed} #${i}`, input: JSON.stringify(policies[i]), ...fate })
    }
  }
  console.log(tally)
  agree(conversions, found)
})

conformance.run()
