import { namespaceOf } from '../../model/resource-id.js'
import type { Selector } from '../../selector/ast.js'
import { all, and } from '../../selector/combination.js'
import { eq } from '../../selector/condition.js'
import { type AnyPolicy, isGlobal } from '../world/any-policy.js'
import { policyLifts, read } from './peer-selector.js'

/** What one of a policy's selectors asks of an endpoint's effective labels. */
export interface Wanted {
  readonly field: 'selector' | 'namespaceSelector' | 'serviceAccountSelector'
  /** `undefined` where it cannot be read. */
  readonly selector: Selector | undefined
}

/** The selectors that the policy gives. */
export const wantedBy = (policy: AnyPolicy): ReadonlyArray<Wanted> => {
  const { selector, serviceAccountSelector } = policy.spec
  const namespaceSelector = isGlobal(policy) ? policy.spec.namespaceSelector : undefined
  const lifts = policyLifts(isGlobal(policy), Boolean(namespaceSelector), Boolean(serviceAccountSelector))
  const texts = { selector, namespaceSelector, serviceAccountSelector }
  return (['selector', 'namespaceSelector', 'serviceAccountSelector'] as const).flatMap((field) => {
    const text = texts[field]
    if (!text) return []
    const wanted = read(text)
    return [{ field, selector: wanted && lifts[field](wanted) }]
  })
}

/**
 * All that the policy asks of an endpoint, as one selector over its effective labels; `undefined` if it cannot be read.
 *
 * **Source**: `libcalico-go/lib/backend/syncersv1/updateprocessors/networkpolicyprocessor.go`.
 */
export const selectorOf = (policy: AnyPolicy): Selector | undefined => {
  const namespace = namespaceOf(policy)
  const wanted = wantedBy(policy).map(({ selector }) => selector)
  const known = wanted.filter((it) => it !== undefined)
  if (known.length < wanted.length) return undefined
  const place = namespace === undefined ? [] : [eq('projectcalico.org/namespace', namespace)]
  const [first, ...rest] = [...place, ...known]
  return first === undefined ? all() : and(first, ...rest)
}
