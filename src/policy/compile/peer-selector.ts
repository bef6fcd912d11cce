import * as E from 'fp-ts/lib/Either.js'
import type { EntityRule, ServiceAccountMatch } from '../../model/policy/entity-rule.js'
import type { Condition, Selector } from '../../selector/ast.js'
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
const serviceAccountLabel = 'projectcalico.org/serviceaccount'

/** The same selector with its keys under a prefix, and with something in place of `all()`. */
const under = (prefix: string, all: Selector | undefined, selector: Selector): Selector =>
  mapConditions(selector, (condition: Condition) => {
    switch (condition._tag) {
      case 'All':
        return all ?? condition
      case 'Global':
        return all === undefined ? condition : not(all)
      default:
        return { ...condition, key: `${prefix}${condition.key}` }
    }
  })

const inNamespace = has(namespaceLabel)

/** Over the labels of an endpoint's namespace. `all()` is what is in a namespace, `global()` what is in none. */
export const overNamespace = (selector: Selector): Selector => under('pcns.', inNamespace, selector)

/** A rule's selector of service accounts: there, `all()` finds what has no account, too. */
const overServiceAccount = (selector: Selector): Selector => under('pcsa.', undefined, selector)

/**
 * The selectors of a policy's endpoints. In a global policy, `all()` is replaced wherever it stands: beside a
 * namespaceSelector by what is in a namespace, else, beside a serviceAccountSelector, by what has an account.
 *
 * **Source**: `libcalico-go/lib/backend/syncersv1/updateprocessors/globalnetworkpolicyprocessor.go`.
 */
export const policyLifts = (isGlobal: boolean, namespaceSelector: boolean, serviceAccounts: boolean) => {
  const inAccount = has(serviceAccountLabel)
  const all = !isGlobal
    ? undefined
    : namespaceSelector
      ? inNamespace
      : serviceAccounts
        ? inAccount
        : undefined
  return {
    selector: (it: Selector): Selector => (all === undefined ? it : under('', all, it)),
    namespaceSelector: overNamespace,
    serviceAccountSelector: (it: Selector): Selector => under('pcsa.', isGlobal ? inAccount : undefined, it),
  }
}

const serviceAccounts = ({
  names = [],
  selector,
}: ServiceAccountMatch): ReadonlyArray<Selector | undefined> => {
  const [first, ...rest] = names
  const chosen = selector ? read(selector) : undefined
  return [
    ...(selector ? [chosen && overServiceAccount(chosen)] : []),
    ...(first === undefined ? [] : [isIn(serviceAccountLabel, [first, ...rest])]),
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
  const accounts = end.serviceAccounts === undefined ? [] : serviceAccounts(end.serviceAccounts)
  if (!(end.selector || end.notSelector || end.namespaceSelector || accounts.length > 0)) return 'all'
  const namespaced = end.namespaceSelector ? read(end.namespaceSelector) : undefined
  const place = end.namespaceSelector
    ? [namespaced && overNamespace(namespaced)]
    : policyNamespace === undefined
      ? []
      : [eq(namespaceLabel, policyNamespace)]
  return together([...place, ...accounts, ...(end.selector ? [read(end.selector)] : [])])
}
