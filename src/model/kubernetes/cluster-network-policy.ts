import { type Codec, integerFrom, json, list, literal, object, optional, string } from '../codec/codec.js'
import { GlobalMetadata } from '../meta/metadata.js'
import { ClusterPolicyIngressPeer, ClusterPolicyPeer, ClusterPolicySubject } from './cluster-policy-peer.js'

/** Exactly one is given. **Source**: network-policy-api v1alpha2, Port. */
export interface ClusterPolicyPort {
  readonly number?: number
  readonly range?: { readonly start: number; readonly end: number }
}

const PortNumber = integerFrom(0, 65535)

const ClusterPolicyPort: Codec<ClusterPolicyPort> = object<ClusterPolicyPort>('Port', {
  number: optional(PortNumber),
  range: optional(
    object<NonNullable<ClusterPolicyPort['range']>>('PortRange', { start: PortNumber, end: PortNumber }),
  ),
})

interface Destination {
  readonly destinationPort?: ClusterPolicyPort
}

const Destination: Codec<Destination> = object<Destination>('Protocol', {
  destinationPort: optional(ClusterPolicyPort),
})

/** Exactly one is given; without a port, all of them. */
export interface ClusterPolicyProtocol {
  readonly tcp?: Destination
  readonly udp?: Destination
  readonly sctp?: Destination
  /** Calico takes it for the ports of TCP of that name. */
  readonly destinationNamedPort?: string
}

const ClusterPolicyProtocol: Codec<ClusterPolicyProtocol> = object<ClusterPolicyProtocol>(
  'ClusterNetworkPolicyProtocol',
  {
    tcp: optional(Destination),
    udp: optional(Destination),
    sctp: optional(Destination),
    destinationNamedPort: optional(string),
  },
)

interface ClusterPolicyRule {
  readonly name?: string
  readonly action: 'Accept' | 'Deny' | 'Pass'
  /** All protocols and ports when left out. */
  readonly protocols?: ReadonlyArray<ClusterPolicyProtocol>
}

export interface ClusterPolicyIngressRule extends ClusterPolicyRule {
  readonly from: ReadonlyArray<ClusterPolicySubject>
}

export interface ClusterPolicyEgressRule extends ClusterPolicyRule {
  readonly to: ReadonlyArray<ClusterPolicyPeer>
}

const common = {
  name: optional(string),
  action: literal('Accept', 'Deny', 'Pass'),
  protocols: optional(list(ClusterPolicyProtocol)),
}

/** **Shape**: `priority` 0 to 1000; the smaller goes first. */
export interface ClusterNetworkPolicySpec {
  /** Before all other policies, or after them. */
  readonly tier: 'Admin' | 'Baseline'
  readonly priority: number
  readonly subject: ClusterPolicySubject
  readonly ingress?: ReadonlyArray<ClusterPolicyIngressRule>
  readonly egress?: ReadonlyArray<ClusterPolicyEgressRule>
}

/**
 * A policy of the cluster's administrators, before or after all others. Calico enforces it from 3.32 on.
 *
 * **Source**: network-policy-api v1alpha2 and v1beta1, ClusterNetworkPolicy.
 */
export interface ClusterNetworkPolicy {
  readonly apiVersion: 'policy.networking.k8s.io/v1alpha2' | 'policy.networking.k8s.io/v1beta1'
  readonly kind: 'ClusterNetworkPolicy'
  readonly metadata: GlobalMetadata
  readonly spec: ClusterNetworkPolicySpec
  readonly status?: unknown
}

export const ClusterNetworkPolicy: Codec<ClusterNetworkPolicy> = object<ClusterNetworkPolicy>(
  'ClusterNetworkPolicy',
  {
    apiVersion: literal('policy.networking.k8s.io/v1alpha2', 'policy.networking.k8s.io/v1beta1'),
    kind: literal('ClusterNetworkPolicy'),
    metadata: GlobalMetadata,
    spec: object<ClusterNetworkPolicySpec>('ClusterNetworkPolicySpec', {
      tier: literal('Admin', 'Baseline'),
      priority: integerFrom(0, 1000),
      subject: ClusterPolicySubject,
      ingress: optional(
        list(
          object<ClusterPolicyIngressRule>('IngressRule', {
            ...common,
            from: list(ClusterPolicyIngressPeer),
          }),
        ),
      ),
      egress: optional(
        list(object<ClusterPolicyEgressRule>('EgressRule', { ...common, to: list(ClusterPolicyPeer) })),
      ),
    }),
    status: optional(json),
  },
)
