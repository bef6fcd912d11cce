import type { GlobalNetworkPolicy } from '../model/global-network-policy.js'
import type { NetworkPolicy } from '../model/network-policy.js'
import { defaultTypes, type PolicyType } from '../model/policy.js'
import type { Resource } from '../model/resource.js'
import type { Selector } from '../selector/ast.js'
import { matches } from '../selector/match.js'
import { effectiveLabels, type Workload } from './endpoint.js'
import { overNamespace, overServiceAccount, read } from './scope.js'

export type EnforcedPolicy = NetworkPolicy | GlobalNetworkPolicy

/** A tier with its policies in the order in which they are asked. */
export interface OrderedTier {
  readonly name: string
  readonly defaultAction: 'Deny' | 'Pass'
  readonly policies: ReadonlyArray<EnforcedPolicy>
}

const defaultTierOrder = 1_000_000

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

const holds = (
  text: string | undefined,
  workload: Workload,
  lift: (selector: Selector) => Selector,
): boolean => {
  if (text === undefined || text === '') return true
  const selector = read(text)
  return selector !== undefined && matches(lift(selector), effectiveLabels(workload))
}

/** Whether the policy applies to the pod in that direction. */
export const appliesTo = (policy: EnforcedPolicy, workload: Workload, direction: PolicyType): boolean => {
  const { spec } = policy
  const types = spec.types?.length ? spec.types : defaultTypes(spec)
  if (!types.includes(direction)) return false
  if (policy.kind === 'NetworkPolicy' && (policy.metadata.namespace ?? 'default') !== workload.namespace)
    return false
  if (policy.kind === 'GlobalNetworkPolicy') {
    // These act on host endpoints only.
    if (policy.spec.doNotTrack === true || policy.spec.preDNAT === true) return false
    if (!holds(policy.spec.namespaceSelector, workload, overNamespace)) return false
  }
  return (
    holds(spec.selector, workload, (it) => it) &&
    holds(spec.serviceAccountSelector, workload, overServiceAccount)
  )
}
