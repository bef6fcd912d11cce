import * as E from 'fp-ts/lib/Either.js'
import type { EntityRule, ServiceAccountMatch } from '../../model/entity-rule.js'
import type { Selector } from '../../selector/ast.js'
import { and, not } from '../../selector/combination.js'
import { eq, has, isIn } from '../../selector/condition.js'
import { mapConditions } from '../../selector/map-conditions.js'
import { parseSelector } from '../../selector/parse.js'

/** What a selector text means; `undefined` for one that does not parse, and so is not known to match anything. */
export const read = (text: string): Selector | undefined => {
  const parsed = parseSelector(text)
  return E.isRight(parsed) ? parsed.right : undefined
}

const namespaceLabel = 'projectcalico.org/namespace'

/** The same selector, over the labels of the namespace (`pcns.`) or the service account (`pcsa.`) of an endpoint. */
const under = (prefix: string, selector: Selector): Selector =>
  mapConditions(selector, (condition) => {
    switch (condition._tag) {
      case 'All':
        return has(namespaceLabel)
      case 'Global':
        return not(has(namespaceLabel))
      default:
        return { ...condition, key: `${prefix}${condition.key}` }
    }
  })

export const overNamespace = (selector: Selector): Selector => under('pcns.', selector)
/** The same selector where it stands beside one on namespaces or service accounts: there, `all()` leaves out hosts. */
export const besideOthers = (selector: Selector): Selector => under('', selector)
export const overServiceAccount = (selector: Selector): Selector => under('pcsa.', selector)

const serviceAccounts = ({
  names = [],
  selector,
}: ServiceAccountMatch): ReadonlyArray<Selector | undefined> => {
  const [first, ...rest] = names
  const chosen = selector === undefined || selector === '' ? undefined : read(selector)
  return [
    ...(selector === undefined || selector === ''
      ? []
      : [chosen === undefined ? undefined : overServiceAccount(chosen)]),
    ...(first === undefined ? [] : [isIn('projectcalico.org/serviceaccount', [first, ...rest])]),
  ]
}

/** An unknown selector, or all of them together; `all` for none. */
const together = (selectors: ReadonlyArray<Selector | undefined>): Selector | 'all' | undefined => {
  const known = selectors.flatMap((selector) => selector ?? [])
  const [first, ...rest] = known
  if (known.length < selectors.length) return undefined
  return first === undefined ? 'all' : and(first, ...rest)
}

/**
 * The endpoints that an end of a rule means, as one selector over effective labels: `'all'` where the rule does not
 * say, `undefined` where it cannot be read. A policy of a namespace means its own namespace as soon as it selects.
 *
 * **Source**: `libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go`, getEndpointSelector.
 */
export const scopeOf = (
  end: EntityRule,
  policyNamespace: string | undefined,
): Selector | 'all' | undefined => {
  const selects = end.selector || end.notSelector || end.namespaceSelector || end.serviceAccounts
  if (!selects) return 'all'
  const namespaced = end.namespaceSelector ? read(end.namespaceSelector) : undefined
  const place = end.namespaceSelector
    ? [namespaced === undefined ? undefined : overNamespace(namespaced)]
    : policyNamespace === undefined
      ? []
      : [eq(namespaceLabel, policyNamespace)]
  return together([
    ...place,
    ...(end.serviceAccounts === undefined ? [] : serviceAccounts(end.serviceAccounts)),
    ...(end.selector ? [read(end.selector)] : []),
  ])
}
