import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import { explain } from '../../src/error.js'
import { fromKubernetes, toJson } from '../../src/index.js'
import { agree, type Disagreement } from './disagreement.js'
import { kubernetesPolicies } from './generate/kubernetes.js'
import { type Oracle, openOracle } from './oracle.js'
import { conversions, rounds } from './size.js'
import { stricterReason } from './stricter.js'

interface Case {
  readonly id: string
  readonly policy: unknown
}

/** Both results as calicoctl reads them, so that `source: {}` and no `source` are the same. */
const differences = async (
  oracle: Oracle,
  cases: ReadonlyArray<Case>,
): Promise<ReadonlyArray<Disagreement>> => {
  const ours = cases.map(({ policy }) => fromKubernetes(policy))
  const calico = await oracle.ask(
    cases.map(({ policy }) => ({ op: 'convert' as const, doc: JSON.stringify(policy) })),
  )
  const read = (docs: ReadonlyArray<string>) =>
    oracle.ask(docs.map((doc) => ({ op: 'decode' as const, doc })))
  const [ourPolicies, theirPolicies] = await Promise.all([
    read(ours.map((result) => (E.isRight(result) ? toJson(result.right) : ''))),
    read(calico.map((answer) => (answer.ok ? JSON.stringify(answer.result) : ''))),
  ])
  return cases.flatMap(({ id, policy }, i) => {
    const [result, answer] = [ours[i], calico[i]]
    if (result === undefined || answer === undefined) throw new Error('an answer is missing')
    const [our, their] = [JSON.stringify(ourPolicies[i]), JSON.stringify(theirPolicies[i])]
    if (E.isLeft(result) ? !answer.ok || stricterReason(result.left) : answer.ok && our === their) return []
    return [
      {
        id,
        input: JSON.stringify(policy),
        calico: answer.ok ? their : `refused at ${answer.stage}: ${answer.error}`,
        ours: E.isLeft(result) ? explain(result.left) : our,
      },
    ]
  })
}

const oracle = await openOracle()
if (oracle !== undefined) {
  const conformance = suite('Kubernetes policies become what Calico makes of them')
  conformance.after(() => oracle.close())

  conformance(`in ${conversions} generated policies`, async () => {
    const found: Array<Disagreement> = []
    for (const size of rounds(conversions)) {
      const cases = kubernetesPolicies(size).map((policy, i) => ({ id: `seed ${size.seed} #${i}`, policy }))
      found.push(...(await differences(oracle, cases)))
    }
    agree(conversions, found)
  })

  conformance.run()
}
