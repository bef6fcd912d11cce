import type { GlobalNetworkPolicy } from '../../model/global-network-policy.js'
import type { NetworkPolicy } from '../../model/network-policy.js'
import type { Resource } from '../../model/resource.js'
import { defaultTierOrder } from '../../model/tier.js'

export type EnforcedPolicy = NetworkPolicy | GlobalNetworkPolicy

/** A tier with its policies in the order in which they are asked. */
export interface OrderedTier {
  readonly name: string
  readonly defaultAction: 'Deny' | 'Pass'
  readonly policies: ReadonlyArray<EnforcedPolicy>
}

const isEnforced = (resource: Resource): resource is EnforcedPolicy =>
  resource.kind === 'NetworkPolicy' || resource.kind === 'GlobalNetworkPolicy'

/** As Felix breaks ties between equal orders: by name, and a namespace before it. */
const sortName = (policy: EnforcedPolicy): string =>
  policy.kind === 'NetworkPolicy'
    ? `${policy.metadata.namespace ?? 'default'}/${policy.metadata.name}`
    : policy.metadata.name

const inOrder = (a: EnforcedPolicy, b: EnforcedPolicy): number => {
  const [x = Infinity, y = Infinity] = [a.spec.order, b.spec.order]
  if (x !== y) return x < y ? -1 : 1
  return sortName(a) < sortName(b) ? -1 : 1
}

/**
 * The enforced policies by tier, tiers and policies in the order in which Felix asks them. Staged policies are not
 * among them: they enforce nothing.
 *
 * **Source**: `felix/calc/policy_sorter.go`.
 */
export const orderedTiers = (resources: ReadonlyArray<Resource>): ReadonlyArray<OrderedTier> => {
  const tiers = new Map<
    string,
    { readonly order: number; readonly defaultAction: 'Deny' | 'Pass'; policies: Array<EnforcedPolicy> }
  >()
  const tierOf = (name: string) => {
    const known = tiers.get(name)
    if (known !== undefined) return known
    const fresh = {
      order: name === 'default' ? defaultTierOrder : Infinity,
      defaultAction: 'Deny' as const,
      policies: [],
    }
    tiers.set(name, fresh)
    return fresh
  }
  for (const resource of resources) {
    if (resource.kind !== 'Tier') continue
    const { order = defaultTierOrder, defaultAction = 'Deny' } = resource.spec
    tiers.set(resource.metadata.name, { order, defaultAction, policies: [] })
  }
  for (const policy of resources.filter(isEnforced))
    tierOf(policy.spec.tier ?? 'default').policies.push(policy)
  return [...tiers]
    .sort(([nameA, a], [nameB, b]) => a.order - b.order || (nameA < nameB ? -1 : 1))
    .map(([name, { defaultAction, policies }]) => ({ name, defaultAction, policies: policies.sort(inOrder) }))
}
