import type { PolicyType } from '../../model/policy/policy.js'
import type { Tier } from '../../model/policy/tier.js'
import type { Resource } from '../../model/resource.js'
import { namespaceOf } from '../../model/resource-id.js'
import type { Selector } from '../../selector/ast.js'
import { type AnyPolicy, directions, isGlobal, isPolicy, typesOf } from '../world/any-policy.js'
import { endpointsOf } from './endpoints.js'
import { type LintHost, lintHosts } from './host/lint-hosts.js'
import { type LintWorld, lintWorld } from './lint-world.js'
import { type Match, matchOf } from './match.js'

/** A direction that a policy applies to, and its rules there. */
export interface Side {
  readonly direction: PolicyType
  readonly field: 'ingress' | 'egress'
  readonly rules: ReadonlyArray<Match>
}

/** A policy, with what the rules of lint ask about it. */
export interface Policy {
  /** Its place among the resources. */
  readonly index: number
  readonly resource: AnyPolicy
  readonly namespace: string | undefined
  readonly tier: string
  /** Not on trial. */
  readonly isEnforced: boolean
  /** Policies that are asked before connections are tracked, or node ports translated, have a tier for themselves. */
  readonly phase: 'normal' | 'untracked' | 'preDNAT'
  /** By effective labels; `undefined` where there can be none, or it cannot be told. */
  readonly endpoints: Selector | undefined
  readonly sides: ReadonlyArray<Side>
}

export interface ResourceSet {
  /** Each in its place; none where there is something else than a resource. */
  readonly resources: ReadonlyArray<Resource | undefined>
  readonly policies: ReadonlyArray<Policy>
  readonly tiers: ReadonlyMap<string, Tier>
  /** The enforced policies that may be asked about the same traffic in the same tier, itself among them. One list for all alike. */
  readonly companions: (policy: Policy) => ReadonlyArray<Policy>
  /** Those of them that have its order. */
  readonly equals: (policy: Policy) => ReadonlyArray<Policy>
  /** All that may apply to what is in a namespace, or anywhere. */
  readonly policiesIn: (namespace: string | undefined) => ReadonlyArray<Policy>
  readonly world: LintWorld
  /** Host endpoints, those that Calico makes of the nodes of the world among them. */
  readonly hosts: ReadonlyArray<LintHost>
}

const phaseOf = (policy: AnyPolicy): Policy['phase'] => {
  if (!isGlobal(policy)) return 'normal'
  if (policy.spec.doNotTrack === true) return 'untracked'
  return policy.spec.preDNAT === true ? 'preDNAT' : 'normal'
}

const policyOf = (resource: AnyPolicy, index: number): Policy => {
  const namespace = namespaceOf(resource)
  const types = typesOf(resource)
  return {
    index,
    resource,
    namespace,
    tier: resource.spec.tier || 'default',
    isEnforced: resource.kind === 'NetworkPolicy' || resource.kind === 'GlobalNetworkPolicy',
    phase: phaseOf(resource),
    endpoints: endpointsOf(resource),
    sides: directions
      .filter(({ direction }) => types.includes(direction))
      .map((side) => ({
        ...side,
        rules: (resource.spec[side.field] ?? []).map((rule) => matchOf(rule, namespace)),
      })),
  }
}

const groupOf = ({ phase, tier }: Policy, namespace: string | undefined): string =>
  [phase, tier, namespace].join(' ')

const companionsIn = (policies: ReadonlyArray<Policy>): ResourceSet['companions'] => {
  const groups = new Map<string, Array<Policy>>()
  for (const policy of policies) {
    if (!policy.isEnforced || policy.endpoints === undefined) continue
    const group = groupOf(policy, policy.namespace)
    const members = groups.get(group)
    if (members === undefined) groups.set(group, [policy])
    else members.push(policy)
  }
  const joined = new Map<string, ReadonlyArray<Policy>>()
  const all = (policy: Policy): ReadonlyArray<Policy> => {
    const group = groupOf(policy, policy.namespace)
    const known = joined.get(group)
    if (known !== undefined) return known
    const found = [...new Set([undefined, policy.namespace])].flatMap(
      (namespace) => groups.get(groupOf(policy, namespace)) ?? [],
    )
    joined.set(group, found)
    return found
  }
  return all
}

const equalsIn = (companions: ResourceSet['companions']): ResourceSet['equals'] => {
  const byOrder = new Map<ReadonlyArray<Policy>, Map<number | undefined, Array<Policy>>>()
  const grouped = (policies: ReadonlyArray<Policy>) => {
    const groups = new Map<number | undefined, Array<Policy>>()
    byOrder.set(policies, groups)
    for (const policy of policies) {
      const { order } = policy.resource.spec
      const group = groups.get(order)
      if (group === undefined) groups.set(order, [policy])
      else group.push(policy)
    }
    return groups
  }
  return (policy) => {
    const all = companions(policy)
    return (byOrder.get(all) ?? grouped(all)).get(policy.resource.spec.order) ?? []
  }
}

const byNamespace = (policies: ReadonlyArray<Policy>): ResourceSet['policiesIn'] => {
  const groups = new Map<string | undefined, Array<Policy>>()
  for (const policy of policies) {
    const group = groups.get(policy.namespace)
    if (group === undefined) groups.set(policy.namespace, [policy])
    else group.push(policy)
  }
  const everywhere = groups.get(undefined) ?? []
  return (namespace) =>
    namespace === undefined ? policies : [...everywhere, ...(groups.get(namespace) ?? [])]
}

export const resourceSet = (
  resources: ReadonlyArray<Resource | undefined>,
  world: LintWorld = lintWorld([]),
): ResourceSet => {
  const policies = resources.flatMap((resource, index) =>
    resource !== undefined && isPolicy(resource) ? [policyOf(resource, index)] : [],
  )
  const companions = companionsIn(policies)
  return {
    resources,
    policies,
    tiers: new Map(resources.flatMap((it) => (it?.kind === 'Tier' ? [[it.metadata.name, it]] : []))),
    companions,
    equals: equalsIn(companions),
    policiesIn: byNamespace(policies),
    world,
    hosts: lintHosts(resources, world),
  }
}

/** The tiers of policies for whole clusters, which Calico makes. */
const passing: ReadonlyArray<string> = [
  'kube-admin',
  'kube-baseline',
  'adminnetworkpolicy',
  'baselineadminnetworkpolicy',
]

/** What becomes of traffic at the end of a tier; `undefined` for a tier that the set does not have. */
export const endOf = ({ tiers }: ResourceSet, name: string): 'Deny' | 'Pass' | undefined => {
  const tier = tiers.get(name)
  if (tier !== undefined) return tier.spec.defaultAction ?? 'Deny'
  if (name === 'default') return 'Deny'
  return passing.includes(name) ? 'Pass' : undefined
}
