import type { Kinds } from '../model/resource.js'
import { GlobalPolicy } from './global-policy.js'
import type { GlobalNetworkPolicyBuilder, StagedGlobalNetworkPolicyBuilder } from './global-policy-state.js'
import { HostEndpointBuilder } from './host-endpoint.js'
import type { Metadata } from './manifest.js'
import { NamespacedPolicy } from './namespaced-policy.js'
import type { NetworkPolicyBuilder, StagedNetworkPolicyBuilder } from './network-policy.js'
import { GlobalNetworkSetBuilder, NetworkSetBuilder } from './network-set.js'
import { StagedKubernetesNetworkPolicyBuilder } from './staged-kubernetes-network-policy.js'
import { TierBuilder } from './tier.js'

interface Builders {
  readonly NetworkPolicy: NetworkPolicyBuilder
  readonly GlobalNetworkPolicy: GlobalNetworkPolicyBuilder
  readonly Tier: TierBuilder
  readonly StagedNetworkPolicy: StagedNetworkPolicyBuilder
  readonly StagedGlobalNetworkPolicy: StagedGlobalNetworkPolicyBuilder
  readonly StagedKubernetesNetworkPolicy: StagedKubernetesNetworkPolicyBuilder
  readonly NetworkSet: NetworkSetBuilder
  readonly GlobalNetworkSet: GlobalNetworkSetBuilder
  readonly HostEndpoint: HostEndpointBuilder
}

type BuilderKind = keyof Builders

const classes = {
  NetworkPolicy: NamespacedPolicy,
  GlobalNetworkPolicy: GlobalPolicy,
  Tier: TierBuilder,
  StagedNetworkPolicy: NamespacedPolicy,
  StagedGlobalNetworkPolicy: GlobalPolicy,
  StagedKubernetesNetworkPolicy: StagedKubernetesNetworkPolicyBuilder,
  NetworkSet: NetworkSetBuilder,
  GlobalNetworkSet: GlobalNetworkSetBuilder,
  HostEndpoint: HostEndpointBuilder,
} as const satisfies { readonly [K in BuilderKind]: unknown }

type Class<B> = new (kind: BuilderKind, metadata: Metadata, spec: unknown) => B

/**
 * The builder of a resource that came from elsewhere, such as YAML, to go on from there. Types that the resource names
 * stay as they are. The status of a Tier, which is the cluster's, is left out.
 *
 * @example
 * const read = orThrow(decode({ apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a' } }))
 * if (read.kind === 'NetworkPolicy') edit(read).order(10).denyIngress()
 */
export const edit = <R extends Kinds[BuilderKind]>({ kind, metadata, spec }: R): Builders[R['kind']] =>
  new (classes[kind] as Class<Builders[R['kind']]>)(kind, metadata, spec)
