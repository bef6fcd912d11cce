import { defaultTierOrder, type Tier, type TierSpec } from '../../model/policy/tier.js'
import { api, validator } from '../engine/calico-source.js'
import { all, type Constraint, fields, none, rule, unless } from '../engine/constraint.js'
import { metadata } from '../value/metadata.js'
import { order } from './policy.js'

interface BuiltIn {
  readonly order: number
  readonly action: 'Deny' | 'Pass'
}

const builtIn = new Map<string, BuiltIn>([['default', { order: defaultTierOrder, action: 'Deny' }]])
const ofAdminPolicies = new Map<string, BuiltIn>([['adminnetworkpolicy', { order: 1_000, action: 'Pass' }]])
const ofBaselinePolicies = new Map<string, BuiltIn>([
  ['baselineadminnetworkpolicy', { order: 10_000_000, action: 'Pass' }],
])
const ofClusterPolicies = new Map<string, BuiltIn>([
  ['kube-admin', { order: 1_000, action: 'Pass' }],
  ['kube-baseline', { order: 10_000_000, action: 'Pass' }],
])

/** A tier without an order gets that of the default tier. */
const orderOf = ({ order: given }: TierSpec): number => given ?? defaultTierOrder

const fixedOrder = (
  tiers: ReadonlyMap<string, BuiltIn>,
  bounds: { readonly since?: `3.${number}`; readonly until?: `3.${number}` },
): Constraint<Tier> =>
  rule(
    {
      name: 'tier-order',
      what: "The order of one of Calico's built-in tiers is changed.",
      remedy: 'restore its order, or choose another name for a tier of your own',
      source: validator('validateTier'),
      ...bounds,
    },
    ({ metadata: { name }, spec }) => {
      const tier = tiers.get(name)
      if (tier === undefined) return none
      return unless(orderOf(spec) === tier.order, () => ({
        at: ['spec', 'order'],
        message: `the order of the built-in tier ${name} is ${tier.order}, not ${orderOf(spec)}`,
      }))
    },
  )

const fixedAction: Constraint<Tier> = rule(
  {
    name: 'tier-default-action',
    what: "The default action of one of Calico's built-in tiers is changed.",
    remedy: 'restore its default action, or choose another name for a tier of your own',
    source: api('tier.go, Tier'),
    by: 'API server',
    since: '3.32',
  },
  ({ metadata: { name }, spec: { defaultAction = 'Deny' } }) => {
    const tier = builtIn.get(name) ?? ofClusterPolicies.get(name)
    if (tier === undefined) return none
    return unless(defaultAction === tier.action, () => ({
      at: ['spec', 'defaultAction'],
      message: `the default action of the built-in tier ${name} is ${tier.action}, not ${defaultAction}`,
    }))
  },
)

export const tier: Constraint<Tier> = all(
  fields<Tier>({ metadata, spec: fields<TierSpec>({ order }) }),
  fixedOrder(builtIn, {}),
  fixedOrder(ofAdminPolicies, { until: '3.32' }),
  fixedOrder(ofBaselinePolicies, { since: '3.30', until: '3.32' }),
  fixedOrder(ofClusterPolicies, { since: '3.32' }),
  fixedAction,
)
