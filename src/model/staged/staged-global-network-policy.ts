import { type Codec, object, optional } from '../codec/codec.js'
import { type GlobalResource, global } from '../meta/envelope.js'
import { type GlobalNetworkPolicySpec, globalPolicyFields } from '../policy/global-network-policy.js'
import { StagedAction } from './staged-action.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/stagedglobalnetworkpolicy.go`. */
export interface StagedGlobalNetworkPolicySpec extends GlobalNetworkPolicySpec {
  /** `Set` by default. */
  readonly stagedAction?: StagedAction
}

export const StagedGlobalNetworkPolicySpec: Codec<StagedGlobalNetworkPolicySpec> =
  object<StagedGlobalNetworkPolicySpec>('StagedGlobalNetworkPolicySpec', {
    stagedAction: optional(StagedAction),
    ...globalPolicyFields,
  })

/** A GlobalNetworkPolicy on trial: Calico reports what it would do, and enforces nothing. Since Calico 3.30. */
export interface StagedGlobalNetworkPolicy
  extends GlobalResource<'StagedGlobalNetworkPolicy', StagedGlobalNetworkPolicySpec> {}
export const StagedGlobalNetworkPolicy: Codec<StagedGlobalNetworkPolicy> = global(
  'StagedGlobalNetworkPolicy',
  StagedGlobalNetworkPolicySpec,
)
