import { namespaceOf } from '../../model/resource-id.js'
import type { Selector } from '../../selector/ast.js'
import { all, and } from '../../selector/combination.js'
import { eq } from '../../selector/condition.js'
import { mayMatch } from '../../selector/satisfiable.js'
import { type AnyPolicy, isGlobal } from '../evaluate/any-policy.js'
import { besideOthers, overNamespace, overServiceAccount, read } from '../evaluate/peer-selector.js'

/** What one of a policy's selectors asks of an endpoint's effective labels. */
export interface Wanted {
  readonly field: 'selector' | 'namespaceSelector' | 'serviceAccountSelector'
  /** `undefined` where it cannot be read. */
  readonly selector: Selector | undefined
}

const lifted = (text: string, lift: (selector: Selector) => Selector): Selector | undefined => {
  const selector = read(text)
  return selector && lift(selector)
}

const same = (selector: Selector): Selector => selector

/**
 * The selectors that the policy gives.
 *
 * **Source**: `libcalico-go/lib/backend/syncersv1/updateprocessors/globalnetworkpolicyprocessor.go`.
 */
export const wantedBy = (policy: AnyPolicy): ReadonlyArray<Wanted> => {
  const { selector, serviceAccountSelector } = policy.spec
  const namespaceSelector = isGlobal(policy) ? policy.spec.namespaceSelector : undefined
  const isBeside = Boolean(namespaceSelector || serviceAccountSelector)
  const wanted: ReadonlyArray<Wanted | undefined> = [
    selector ? { field: 'selector', selector: lifted(selector, isBeside ? besideOthers : same) } : undefined,
    namespaceSelector
      ? { field: 'namespaceSelector', selector: lifted(namespaceSelector, overNamespace) }
      : undefined,
    serviceAccountSelector
      ? { field: 'serviceAccountSelector', selector: lifted(serviceAccountSelector, overServiceAccount) }
      : undefined,
  ]
  return wanted.filter((it) => it !== undefined)
}

/** Of every pod in the namespace, Calico knows these two. */
const inNamespace = (namespace: string): Selector =>
  and(eq('projectcalico.org/namespace', namespace), eq('pcns.projectcalico.org/name', namespace))

/** All that the policy asks of an endpoint, as one selector over its effective labels; `undefined` if it cannot be read. */
export const selectorOf = (policy: AnyPolicy): Selector | undefined => {
  const namespace = namespaceOf(policy)
  const wanted = wantedBy(policy).map(({ selector }) => selector)
  const known = wanted.filter((it) => it !== undefined)
  if (known.length < wanted.length) return undefined
  const [first, ...rest] = namespace === undefined ? known : [inNamespace(namespace), ...known]
  return first === undefined ? all() : and(first, ...rest)
}

/** The endpoints that the policy applies to; `undefined` where there can be none, or it cannot be told. */
export const endpointsOf = (policy: AnyPolicy): Selector | undefined => {
  const selector = selectorOf(policy)
  return selector !== undefined && mayMatch(selector) ? selector : undefined
}
