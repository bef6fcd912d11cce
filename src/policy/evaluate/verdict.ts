import type { PolicyType } from '../../model/policy.js'
import type { Resource } from '../../model/resource.js'
import { decideSide, type Reason, together, type Verdict } from './evaluate.js'
import type { Flow } from './flow.js'
import { isPod, type Known, know } from './peer.js'
import { questionsOf, rulebook } from './policy-set.js'

/**
 * Whether the policies let the flow through: the egress of the pod it comes from, and the ingress of the pod it goes
 * to. `unknown` where that hangs on what is not given (endpoints of services, HTTP, a port's name).
 *
 * Takes all resources that matter: policies, tiers, network sets. Kubernetes policies go through `fromKubernetes` first.
 *
 * **Source**: `felix/calc`, `app-policy/checker/check.go`.
 */
export const verdict = (resources: ReadonlyArray<Resource>, flow: Flow): Verdict => {
  const book = rulebook(resources)
  const ends = { from: know(flow.from, book.sets), to: know(flow.to, book.sets) }
  const side = (pod: Known, direction: PolicyType): ReadonlyArray<Verdict> =>
    isPod(pod) ? [decideSide(questionsOf(book, pod, direction), flow, ends)] : []
  const sides = [...side(ends.from, 'Egress'), ...side(ends.to, 'Ingress')]
  const decision = together(sides.map((it) => it.decision))
  const deciding = sides.find((it) => it.decision === 'denied')
  return { decision, reasons: deciding?.reasons ?? sides.flatMap(({ reasons }) => reasons) }
}

const line = ({ direction, tier, policy, rule, action, certain }: Reason): string => {
  const who = policy === undefined ? `the end of tier "${tier}"` : `${policy}, rule ${rule}`
  const may = certain ? '' : ' (may match)'
  return `  ${direction.toLowerCase()}: ${who}: ${action}${may}`
}

/**
 * The verdict as text for people: what was decided, and what had a say, in order.
 *
 * @example
 * printVerdict({ decision: 'allowed', reasons: [] }) // => 'allowed\n  no policy applies'
 */
export const printVerdict = ({ decision, reasons }: Verdict): string =>
  [decision, ...(reasons.length === 0 ? ['  no policy applies'] : reasons.map(line))].join('\n')
