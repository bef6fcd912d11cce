import { release } from '../../model/calico-version.js'
import type { GlobalNetworkPolicy } from '../../model/policy/global-network-policy.js'
import type { NetworkPolicy } from '../../model/policy/network-policy.js'
import { defaultTierOrder, type Tier } from '../../model/policy/tier.js'
import type { Resource } from '../../model/resource.js'
import { requireResources } from '../world/given-arguments.js'
import type { GivenPolicy } from '../world/world-parts.js'
import { comparePolicies } from './policy-order.js'

export type EnforcedPolicy = NetworkPolicy | GlobalNetworkPolicy

/** What is known of a tier: of one that no resource describes, that it goes last and denies. */
export interface TierFacts {
  readonly name: string
  readonly order: number
  readonly defaultAction: 'Deny' | 'Pass'
}

/** The tiers that Calico itself makes. **Source**: `api/pkg/apis/projectcalico/v3/tier.go`. */
const builtIn: ReadonlyArray<TierFacts> = [
  { name: 'default', order: defaultTierOrder, defaultAction: 'Deny' },
  { name: 'kube-admin', order: 1_000, defaultAction: 'Pass' },
  { name: 'kube-baseline', order: 10_000_000, defaultAction: 'Pass' },
  { name: 'adminnetworkpolicy', order: 1_000, defaultAction: 'Pass' },
  { name: 'baselineadminnetworkpolicy', order: 10_000_000, defaultAction: 'Pass' },
]

const builtInByName = new Map(builtIn.map((tier) => [tier.name, tier]))

export const tierFacts = (tiers: ReadonlyArray<Tier>): ((name: string) => TierFacts) => {
  const given = new Map<string, TierFacts>()
  for (const { metadata, spec } of tiers) {
    const { order = defaultTierOrder, defaultAction = 'Deny' } = spec
    given.set(metadata.name, { name: metadata.name, order, defaultAction })
  }
  return (name) =>
    given.get(name) ?? builtInByName.get(name) ?? { name, order: Infinity, defaultAction: 'Deny' }
}

export const compareTiers = (a: TierFacts, b: TierFacts): number =>
  a.order === b.order ? (a.name < b.name ? -1 : 1) : a.order - b.order

/** A tier with its policies in the order in which they are asked. */
export interface OrderedTier {
  readonly name: string
  readonly defaultAction: 'Deny' | 'Pass'
  readonly policies: ReadonlyArray<EnforcedPolicy>
}

const isEnforced = (resource: Resource): resource is EnforcedPolicy =>
  resource.kind === 'NetworkPolicy' || resource.kind === 'GlobalNetworkPolicy'

/**
 * The enforced policies by tier, tiers and policies in the order in which Felix asks them. Staged policies are not
 * among them: they enforce nothing. Ties are broken as in that Calico.
 *
 * **Source**: `felix/calc/policy_sorter.go`.
 *
 * @example
 * const policies = [networkPolicy('b', 'shop').order(2), networkPolicy('a', 'shop').order(1)]
 * orderedTiers(policies)[0]?.policies.map(({ metadata }) => metadata.name) // => ['a', 'b']
 */
export const orderedTiers = (
  resources: ReadonlyArray<Resource>,
  calico: `3.${number}` = '3.28',
): ReadonlyArray<OrderedTier> => {
  requireResources(resources)
  const tiers = resources.filter((it) => it.kind === 'Tier')
  const policies = resources.filter(isEnforced)
  const factsOf = tierFacts(tiers)
  const names = new Set([
    ...tiers.map(({ metadata }) => metadata.name),
    ...policies.map(({ spec }) => spec.tier || 'default'),
  ])
  const compare = comparePolicies(release(calico))
  const given = (resource: EnforcedPolicy): GivenPolicy => ({ resource, origin: resource.kind })
  return [...names]
    .map(factsOf)
    .sort(compareTiers)
    .map(({ name, defaultAction }) => ({
      name,
      defaultAction,
      policies: policies
        .filter(({ spec }) => (spec.tier || 'default') === name)
        .sort((a, b) => compare(given(a), given(b))),
    }))
}
