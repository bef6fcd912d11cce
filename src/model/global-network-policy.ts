import { boolean, type Codec, literal, object, optional, string } from './codec.js'
import { GlobalMetadata } from './metadata.js'
import { body, head, type PolicySpec } from './policy.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/globalnetworkpolicy.go`. */
export interface GlobalNetworkPolicySpec extends PolicySpec {
  /** Only endpoints of the namespaces whose labels match. Leaves out host endpoints, which are in no namespace. */
  readonly namespaceSelector?: string
  /** Before connection tracking, for host endpoints. Needs `applyOnForward`; excludes `preDNAT`. */
  readonly doNotTrack?: boolean
  /** Before a node port is translated, for host endpoints; ingress only. Needs `applyOnForward`. */
  readonly preDNAT?: boolean
  /** Also for traffic that a host endpoint forwards. */
  readonly applyOnForward?: boolean
}

export const GlobalNetworkPolicySpec: Codec<GlobalNetworkPolicySpec> = object<GlobalNetworkPolicySpec>(
  'GlobalNetworkPolicySpec',
  {
    ...head,
    namespaceSelector: optional(string),
    doNotTrack: optional(boolean),
    preDNAT: optional(boolean),
    applyOnForward: optional(boolean),
    ...body,
  },
)

/** An ordered policy for all endpoints of the cluster: pods of every namespace, and hosts. */
export interface GlobalNetworkPolicy {
  readonly apiVersion: 'projectcalico.org/v3'
  readonly kind: 'GlobalNetworkPolicy'
  readonly metadata: GlobalMetadata
  readonly spec: GlobalNetworkPolicySpec
}

export const GlobalNetworkPolicy: Codec<GlobalNetworkPolicy> = object<GlobalNetworkPolicy>(
  'GlobalNetworkPolicy',
  {
    apiVersion: literal('projectcalico.org/v3'),
    kind: literal('GlobalNetworkPolicy'),
    metadata: GlobalMetadata,
    spec: GlobalNetworkPolicySpec,
  },
)
