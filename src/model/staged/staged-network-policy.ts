import { type Codec, object, optional } from '../codec/codec.js'
import { type NamespacedResource, namespaced } from '../meta/envelope.js'
import type { NetworkPolicySpec } from '../policy/network-policy.js'
import { body, head } from '../policy/policy.js'
import { StagedAction } from './staged-action.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/stagednetworkpolicy.go`. */
export interface StagedNetworkPolicySpec extends NetworkPolicySpec {
  /** `Set` by default. */
  readonly stagedAction?: StagedAction
}

export const StagedNetworkPolicySpec: Codec<StagedNetworkPolicySpec> = object<StagedNetworkPolicySpec>(
  'StagedNetworkPolicySpec',
  { stagedAction: optional(StagedAction), ...head, ...body },
)

/** A NetworkPolicy on trial: Calico reports what it would do, and enforces nothing. Since Calico 3.30. */
export interface StagedNetworkPolicy
  extends NamespacedResource<'StagedNetworkPolicy', StagedNetworkPolicySpec> {}
export const StagedNetworkPolicy: Codec<StagedNetworkPolicy> = namespaced(
  'StagedNetworkPolicy',
  StagedNetworkPolicySpec,
)
