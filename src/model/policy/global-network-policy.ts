import { boolean, type Codec, object, optional, string } from '../codec/codec.js'
import { type GlobalResource, global } from '../meta/envelope.js'
import { body, head, type PolicySpec } from './policy.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/globalnetworkpolicy.go`. */
export interface GlobalNetworkPolicySpec extends PolicySpec {
  /** Only endpoints of the namespaces whose labels match. Host endpoints are in no namespace: a selector that also matches where a label is absent (`!=`, `not in`, `!has`) matches them. */
  readonly namespaceSelector?: string
  /** Before connection tracking, for host endpoints; false by default. Needs `applyOnForward`; excludes `preDNAT`. */
  readonly doNotTrack?: boolean
  /** Before a node port is translated, for host endpoints; ingress only; false by default. Needs `applyOnForward`. */
  readonly preDNAT?: boolean
  /** Also for traffic that a host endpoint forwards; false by default. */
  readonly applyOnForward?: boolean
}

/** The fields of a global policy, staged or not. */
export const globalPolicyFields = {
  ...head,
  namespaceSelector: optional(string),
  doNotTrack: optional(boolean),
  preDNAT: optional(boolean),
  applyOnForward: optional(boolean),
  ...body,
}

export const GlobalNetworkPolicySpec: Codec<GlobalNetworkPolicySpec> = object<GlobalNetworkPolicySpec>(
  'GlobalNetworkPolicySpec',
  globalPolicyFields,
)

/** An ordered policy for all endpoints of the cluster: pods of every namespace, and hosts. */
export interface GlobalNetworkPolicy extends GlobalResource<'GlobalNetworkPolicy', GlobalNetworkPolicySpec> {}
export const GlobalNetworkPolicy: Codec<GlobalNetworkPolicy> = global(
  'GlobalNetworkPolicy',
  GlobalNetworkPolicySpec,
)
