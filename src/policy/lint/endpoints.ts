import { namespaceOf } from '../../model/resource-id.js'
import type { Selector } from '../../selector/ast.js'
import { and } from '../../selector/combination.js'
import { eq } from '../../selector/condition.js'
import { mayMatch } from '../../selector/satisfiable.js'
import { selectorOf, type Wanted, wantedBy } from '../compile/policy-selector.js'
import type { AnyPolicy } from '../world/any-policy.js'

export type { Wanted }
export { wantedBy }

/** All that the policy asks of an endpoint. Of every pod in a namespace, Calico knows its name as well. */
export const everythingAsked = (policy: AnyPolicy): Selector | undefined => {
  const selector = selectorOf(policy)
  const namespace = namespaceOf(policy)
  if (selector === undefined || namespace === undefined) return selector
  return and(eq('pcns.projectcalico.org/name', namespace), selector)
}

/** The endpoints that the policy applies to; `undefined` where there can be none, or it cannot be told. */
export const endpointsOf = (policy: AnyPolicy): Selector | undefined => {
  const selector = everythingAsked(policy)
  return selector !== undefined && mayMatch(selector) ? selector : undefined
}
