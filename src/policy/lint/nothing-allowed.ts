import { and } from '../../selector/combination.js'
import { mayMatch } from '../../selector/satisfiable.js'
import { covers } from './covers.js'
import { anything, letsThrough } from './match.js'
import { endOf, type Policy, type ResourceSet, type Side } from './resource-set.js'
import type { Rule } from './rule.js'

/** Whether the rules name what they deny or log, and have no word for the rest. */
const isOnlyAgainst = ({ rules }: Side): boolean =>
  rules.length > 0 &&
  !rules.some(letsThrough) &&
  !rules.some((rule) => rule.action === 'Deny' && covers(rule, anything))

/** Whether another policy of the tier may let some of the endpoints have some of the traffic. */
const isHelped = (policy: Policy, { field }: Side, { policies }: ResourceSet): boolean =>
  policies.some(
    (other) =>
      other !== policy &&
      other.tier === policy.tier &&
      other.sides.some((side) => side.field === field && side.rules.some(letsThrough)) &&
      policy.endpoints !== undefined &&
      other.endpoints !== undefined &&
      mayMatch(and(policy.endpoints, other.endpoints)),
  )

export const nothingAllowed: Rule = {
  what: 'The rules of a policy only deny or log some of the traffic, and no other policy of the tier allows any: the end of the tier denies the rest, too.',
  remedy:
    'allow or pass the rest in a last rule, or move the policy to a tier with defaultAction Pass; to deny all, leave the rules out',
  report: 'https://github.com/projectcalico/calico/issues/3801',
  source: 'felix/rules/endpoints.go, endpointIptablesChain',
  find: (set) =>
    set.policies
      .filter(
        ({ phase, endpoints, tier }) =>
          phase === 'normal' && endpoints !== undefined && endOf(set, tier) === 'Deny',
      )
      .flatMap((policy) =>
        policy.sides
          .filter((side) => isOnlyAgainst(side) && !isHelped(policy, side, set))
          .map(({ field, direction, rules }) => {
            const what = rules.every(({ action }) => action === 'Log') ? 'log' : 'deny'
            return {
              index: policy.index,
              path: ['spec', field],
              message: `the rules only ${what} some traffic, but all other ${direction.toLowerCase()} is denied, too, at the end of the tier ${policy.tier}`,
            }
          }),
      ),
}
