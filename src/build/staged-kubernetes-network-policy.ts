import type {
  KubernetesEgressRule,
  KubernetesIngressRule,
} from '../model/kubernetes/kubernetes-network-policy.js'
import type { LabelSelector } from '../model/meta/label-selector.js'
import type { NamespacedMetadata } from '../model/meta/metadata.js'
import type { PolicyType } from '../model/policy/policy.js'
import type { StagedAction } from '../model/staged/staged-action.js'
import type { StagedKubernetesNetworkPolicySpec } from '../model/staged/staged-kubernetes-network-policy.js'
import { Manifest } from './manifest.js'
import { areGiven, derivedPolicyTypes } from './types.js'

type Spec = StagedKubernetesNetworkPolicySpec

/** A StagedKubernetesNetworkPolicy with methods that return another. Its rules are Kubernetes' own. */
export class StagedKubernetesNetworkPolicyBuilder extends Manifest<
  'StagedKubernetesNetworkPolicy',
  NamespacedMetadata,
  Spec
> {
  /** The pods it applies to; all of the namespace when left out. */
  podSelector(podSelector: LabelSelector): this {
    return this.with({ podSelector })
  }

  /** With these rules after those it has. */
  ingress(...rules: ReadonlyArray<KubernetesIngressRule>): this {
    return this.withRules({ ingress: [...(this.spec.ingress ?? []), ...rules] })
  }

  /** With these rules after those it has. */
  egress(...rules: ReadonlyArray<KubernetesEgressRule>): this {
    return this.withRules({ egress: [...(this.spec.egress ?? []), ...rules] })
  }

  /**
   * The directions it applies to, whatever its rules. Until called, they follow from the rules as in Kubernetes:
   * Ingress, and Egress where there are egress rules.
   */
  policyTypes(...policyTypes: ReadonlyArray<PolicyType>): this {
    return this.with({ policyTypes })
  }

  /** What is tried: `'Set'` the policy, or, with `'Delete'`, to be without it. */
  stage(stagedAction: StagedAction): this {
    const spec: Spec = stagedAction === 'Delete' ? {} : this.spec
    return this.remade(this.kind, this.metadata, { ...spec, stagedAction })
  }

  private withRules(rules: Pick<Spec, 'ingress' | 'egress'>): this {
    const ruled = this.with(rules)
    return areGiven(this.spec.policyTypes)
      ? ruled
      : ruled.with({ policyTypes: derivedPolicyTypes(ruled.spec) })
  }
}

/**
 * A Kubernetes NetworkPolicy on trial: Calico reports what it would do, and enforces nothing. Since Calico 3.30.
 *
 * @example
 * stagedKubernetesNetworkPolicy('from-web', 'shop')
 *   .ingress({ from: [{ podSelector: { matchLabels: { role: 'web' } } }] }).spec.policyTypes // => ['Ingress']
 */
export const stagedKubernetesNetworkPolicy = (
  name: string,
  namespace: string,
): StagedKubernetesNetworkPolicyBuilder =>
  new StagedKubernetesNetworkPolicyBuilder(
    'StagedKubernetesNetworkPolicy',
    { name, namespace },
    { stagedAction: 'Set', podSelector: {}, policyTypes: derivedPolicyTypes({}) },
  )
