import type { Issue } from '../../error.js'
import { isEnforced } from '../../model/kind.js'
import type { Tier } from '../../model/policy/tier.js'
import type { Resource } from '../../model/resource.js'
import type { Labels } from '../../selector/ast.js'
import { type AnyPolicy, isPolicy } from './any-policy.js'
import type { Workload } from './flow.js'
import type { KnownNode } from './known-node.js'
import type { EndpointSlice } from './service-endpoints.js'

/** The kind of a policy where people see it: Kubernetes' own look like Calico's to Felix, but for their names. */
export type PolicyOrigin =
  | 'NetworkPolicy'
  | 'GlobalNetworkPolicy'
  | 'KubernetesNetworkPolicy'
  | 'AdminNetworkPolicy'
  | 'BaselineAdminNetworkPolicy'
  | 'ClusterNetworkPolicy'
  | 'StagedNetworkPolicy'
  | 'StagedGlobalNetworkPolicy'
  | 'StagedKubernetesNetworkPolicy'

/** A policy in Calico's own terms, and what it is elsewhere. */
export interface GivenPolicy {
  readonly resource: AnyPolicy
  readonly origin: PolicyOrigin
  /** Where it is not known which Calico it is, and not every one enforces it. */
  readonly isUncertain?: boolean
}

/** A world, read: what was given, and of what nobody has said, nothing. */
export interface WorldParts {
  readonly policies: ReadonlyArray<GivenPolicy>
  readonly tiers: ReadonlyArray<Tier>
  /** Network sets, host endpoints, profiles, configuration. */
  readonly others: ReadonlyArray<Resource>
  /** By `namespace/name`. */
  readonly pods: ReadonlyMap<string, Workload>
  readonly namespaces: ReadonlyMap<string, Labels>
  /** By `namespace/name`; `undefined` where nobody has said which there are. */
  readonly serviceAccounts: ReadonlyMap<string, Labels> | undefined
  /** By their names. */
  readonly nodes: ReadonlyMap<string, KnownNode>
  /** Pods on their host's network, by `namespace/name`: the node that each is a process of. */
  readonly hostPods: ReadonlyMap<string, string>
  /** `undefined` where nobody has said what is behind services. */
  readonly slices: ReadonlyArray<EndpointSlice> | undefined
  /** Kinds that could not be read, though there are or may be objects of them. */
  readonly unread?: ReadonlyArray<string>
  /** What of the world has no say, and why. */
  readonly passedOver?: ReadonlyArray<Issue>
}

const originOf = (policy: AnyPolicy): PolicyOrigin =>
  policy.kind === 'NetworkPolicy' && policy.metadata.name.startsWith('knp.default.')
    ? 'KubernetesNetworkPolicy'
    : policy.kind

/** A world of Calico's resources alone. Staged policies have no say. */
export const partsOf = (resources: ReadonlyArray<Resource>): WorldParts => ({
  policies: resources.flatMap((resource) =>
    isPolicy(resource) && isEnforced(resource.kind) ? [{ resource, origin: originOf(resource) }] : [],
  ),
  tiers: resources.filter((it) => it.kind === 'Tier'),
  others: resources.filter((it) => !isPolicy(it) && it.kind !== 'Tier'),
  pods: new Map(),
  namespaces: new Map(),
  serviceAccounts: undefined,
  nodes: new Map(),
  hostPods: new Map(),
  slices: undefined,
})
