import type { Labels, Selector } from '../selector/ast.js'
import { matcher } from '../selector/match.js'
import { namespaceOf } from './any-policy.js'
import type { Workload } from './endpoint.js'
import type { Known } from './known.js'
import type { EnforcedPolicy } from './ordered.js'
import { overNamespace, overServiceAccount, read } from './scope.js'

const selects = (text: string | undefined, lift: (selector: Selector) => Selector) => {
  if (text === undefined || text === '') return () => true
  const selector = read(text)
  return selector === undefined ? () => false : matcher(lift(selector))
}

/** Whether the policy is one of the pod's, in any direction that it is for. */
export const selectsPod = (policy: EnforcedPolicy): ((pod: Known<Workload>) => boolean) => {
  const { spec } = policy
  const namespace = namespaceOf(policy)
  const global = policy.kind === 'GlobalNetworkPolicy' ? policy.spec : undefined
  // These act on host endpoints only.
  if (global?.doNotTrack === true || global?.preDNAT === true) return () => false
  const conditions: ReadonlyArray<(labels: Labels) => boolean> = [
    selects(spec.selector, (it) => it),
    selects(spec.serviceAccountSelector, overServiceAccount),
    selects(global?.namespaceSelector, overNamespace),
  ]
  return ({ endpoint, own }) =>
    (namespace === undefined || namespace === endpoint.namespace) && conditions.every((holds) => holds(own))
}
