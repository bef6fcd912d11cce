import type { EntityRule } from '../model/entity-rule.js'
import type { PolicySpec } from '../model/policy.js'
import type { Rule } from '../model/rule.js'
import { all, type Constraint, each, fields, rule, unless } from './constraint.js'
import { atMost, distinct } from './list.js'
import { reference } from './name.js'
import { ruleOfPolicy } from './rule.js'
import { selector } from './selector.js'
import { api, validator } from './source.js'

const typesOnce: Constraint<ReadonlyArray<string>> = distinct({
  name: 'types-repeat',
  what: 'A type of a policy is listed twice.',
  remedy: 'list it once',
  source: validator('validateNetworkPolicy and validateGlobalNetworkPolicy'),
})

const hintsOnce: Constraint<ReadonlyArray<string>> = distinct({
  name: 'performance-hints-repeat',
  what: 'A performance hint is listed twice.',
  remedy: 'list it once',
  source: api('networkpolicy.go, NetworkPolicySpec'),
})

/** The order of a policy or a tier. */
export const order: Constraint<number> = rule(
  {
    name: 'order-finite',
    what: 'An order is no finite number, and so cannot be written in JSON.',
    remedy: 'leave order out: the policy then goes last in its tier',
    source: api('networkpolicy.go, NetworkPolicySpec'),
  },
  (value) => unless(Number.isFinite(value), () => ({ message: `the order ${value} cannot be written` })),
)

const httpOnIngress: Constraint<Rule> = rule(
  {
    name: 'http-only-ingress',
    what: 'HTTP is matched in an egress rule.',
    remedy: 'match HTTP where the traffic arrives, in an ingress rule of the other side',
    source: validator('validateNetworkPolicy and validateGlobalNetworkPolicy'),
  },
  ({ http }) => unless(http === undefined, () => ({ at: ['http'], message: 'HTTP in an egress rule' })),
)

const servicesAt = (
  name: string,
  end: 'source' | 'destination',
  other: 'source' | 'destination',
  direction: 'ingress' | 'egress',
): Constraint<Rule> =>
  rule(
    {
      name,
      what: `A service is the ${end} of an ${direction} rule.`,
      remedy: `only the ${other} of an ${direction} rule can be a service`,
      source: validator('validateNetworkPolicy and validateGlobalNetworkPolicy'),
    },
    (value) => {
      const entity: EntityRule | undefined = value[end]
      return unless(entity?.services === undefined, () => ({
        at: [end, 'services'],
        message: `services in the ${end} of an ${direction} rule`,
      }))
    },
  )

const noServiceSource = servicesAt('services-in-egress-source', 'source', 'destination', 'egress')
const noServiceDestination = servicesAt('services-in-ingress-destination', 'destination', 'source', 'ingress')

const fewRules = atMost(1024, 'rules', { source: api('networkpolicy.go, NetworkPolicySpec'), since: '3.33' })
const ingress = all(each(all(ruleOfPolicy, noServiceDestination)), fewRules)
const egress = all(each(all(ruleOfPolicy, noServiceSource, httpOnIngress)), fewRules)

/** What NetworkPolicy and GlobalNetworkPolicy share. */
export const policySpec: Constraint<PolicySpec> = fields<PolicySpec>({
  tier: reference('tier'),
  order,
  selector,
  serviceAccountSelector: selector,
  types: typesOnce,
  performanceHints: hintsOnce,
  ingress,
  egress,
})
