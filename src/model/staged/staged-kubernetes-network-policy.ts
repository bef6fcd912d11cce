import { type Codec, object, optional } from '../codec/codec.js'
import { type KubernetesRules, kubernetesRules } from '../kubernetes/kubernetes-network-policy.js'
import { type NamespacedResource, namespaced } from '../meta/envelope.js'
import { LabelSelector } from '../meta/label-selector.js'
import { StagedAction } from './staged-action.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/stagedkubernetesnetworkpolicy.go`. */
export interface StagedKubernetesNetworkPolicySpec extends KubernetesRules {
  /** `Set` by default. */
  readonly stagedAction?: StagedAction
  /** The pods it applies to; all of them when left out. */
  readonly podSelector?: LabelSelector
}

export const StagedKubernetesNetworkPolicySpec: Codec<StagedKubernetesNetworkPolicySpec> =
  object<StagedKubernetesNetworkPolicySpec>('StagedKubernetesNetworkPolicySpec', {
    stagedAction: optional(StagedAction),
    podSelector: optional(LabelSelector),
    ...kubernetesRules,
  })

/** A Kubernetes NetworkPolicy on trial: Calico reports what it would do, and enforces nothing. Since Calico 3.30. */
export interface StagedKubernetesNetworkPolicy
  extends NamespacedResource<'StagedKubernetesNetworkPolicy', StagedKubernetesNetworkPolicySpec> {}
export const StagedKubernetesNetworkPolicy: Codec<StagedKubernetesNetworkPolicy> = namespaced(
  'StagedKubernetesNetworkPolicy',
  StagedKubernetesNetworkPolicySpec,
)
