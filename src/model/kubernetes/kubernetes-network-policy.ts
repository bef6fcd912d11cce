import {
  type Codec,
  integerFrom,
  json,
  list,
  literal,
  notation,
  object,
  optional,
  orEmpty,
  string,
} from '../codec/codec.js'
import { LabelSelector } from '../meta/label-selector.js'
import { NamespacedMetadata } from '../meta/metadata.js'
import type { PolicyType } from '../policy/policy.js'

/** A port by its number, or by its name. **Source**: k8s.io/apimachinery `util/intstr.IntOrString`. */
export type IntOrString = number | string

const largestInt32 = 2 ** 31 - 1

const isIntOrString = (value: unknown): value is IntOrString =>
  typeof value === 'string' || (Number.isInteger(value) && Math.abs(Number(value)) <= largestInt32)

const IntOrString: Codec<IntOrString> = notation({
  name: 'an integer or a string',
  json: 'integer-or-string',
  is: isIntOrString,
  read: () => undefined,
})

/** **Source**: k8s.io/api `networking/v1.NetworkPolicyPort`. */
export interface KubernetesPort {
  /** `TCP` by default. */
  readonly protocol?: string
  /** All ports when left out. */
  readonly port?: IntOrString
  /** The last port of a range. Needs `port` as a number. */
  readonly endPort?: number
}

export const KubernetesPort: Codec<KubernetesPort> = object<KubernetesPort>('NetworkPolicyPort', {
  protocol: optional(string),
  port: optional(IntOrString),
  endPort: optional(integerFrom(-largestInt32 - 1, largestInt32)),
})

/** A CIDR, less some that are within it. **Source**: k8s.io/api `networking/v1.IPBlock`. */
export interface IPBlock {
  readonly cidr: string
  readonly except?: ReadonlyArray<string>
}

const IPBlock: Codec<IPBlock> = object<IPBlock>('IPBlock', { cidr: string, except: optional(list(string)) })

/** Pods, of the policy's namespace or of those selected; or an IP block. */
export interface KubernetesPeer {
  readonly podSelector?: LabelSelector
  readonly namespaceSelector?: LabelSelector
  /** Excludes the selectors. */
  readonly ipBlock?: IPBlock
}

export const KubernetesPeer: Codec<KubernetesPeer> = object<KubernetesPeer>('NetworkPolicyPeer', {
  podSelector: optional(LabelSelector),
  namespaceSelector: optional(LabelSelector),
  ipBlock: optional(IPBlock),
})

/** Anyone and all ports, where the list is left out or empty. */
export interface KubernetesIngressRule {
  readonly ports?: ReadonlyArray<KubernetesPort>
  readonly from?: ReadonlyArray<KubernetesPeer>
}

export const KubernetesIngressRule: Codec<KubernetesIngressRule> = object<KubernetesIngressRule>(
  'NetworkPolicyIngressRule',
  { ports: optional(list(KubernetesPort)), from: optional(list(KubernetesPeer)) },
)

/** Anyone and all ports, where the list is left out or empty. */
export interface KubernetesEgressRule {
  readonly ports?: ReadonlyArray<KubernetesPort>
  readonly to?: ReadonlyArray<KubernetesPeer>
}

export const KubernetesEgressRule: Codec<KubernetesEgressRule> = object<KubernetesEgressRule>(
  'NetworkPolicyEgressRule',
  { ports: optional(list(KubernetesPort)), to: optional(list(KubernetesPeer)) },
)

/** What a Kubernetes policy and one on trial share. */
export interface KubernetesRules {
  readonly ingress?: ReadonlyArray<KubernetesIngressRule>
  readonly egress?: ReadonlyArray<KubernetesEgressRule>
  /**
   * Where it is left out, the API server writes Ingress, and Egress if there are egress rules. Calico itself, which
   * never sees it left out, takes it for Ingress; other words than these two it skips.
   */
  readonly policyTypes?: ReadonlyArray<PolicyType | (string & Record<never, never>)>
}

export const kubernetesRules = {
  policyTypes: optional(list(string)),
  ingress: optional(list(KubernetesIngressRule)),
  egress: optional(list(KubernetesEgressRule)),
}

/** **Source**: k8s.io/api `networking/v1.NetworkPolicySpec`. */
export interface KubernetesNetworkPolicySpec extends KubernetesRules {
  /** The pods it applies to; an empty selector is all of them. */
  readonly podSelector: LabelSelector
}

const KubernetesNetworkPolicySpec: Codec<KubernetesNetworkPolicySpec> = object<KubernetesNetworkPolicySpec>(
  'NetworkPolicySpec of networking.k8s.io/v1',
  { podSelector: orEmpty(LabelSelector), ...kubernetesRules },
)

/** Kubernetes' own NetworkPolicy. **Source**: k8s.io/api `networking/v1.NetworkPolicy`. */
export interface KubernetesNetworkPolicy {
  readonly apiVersion: 'networking.k8s.io/v1'
  readonly kind: 'NetworkPolicy'
  readonly metadata: NamespacedMetadata
  readonly spec: KubernetesNetworkPolicySpec
  /** Kubernetes 1.24 to 1.27 wrote one, as do controller-gen and exports since: it says nothing. */
  readonly status?: unknown
}

export const KubernetesNetworkPolicy: Codec<KubernetesNetworkPolicy> = object<KubernetesNetworkPolicy>(
  'NetworkPolicy of networking.k8s.io/v1',
  {
    apiVersion: literal('networking.k8s.io/v1'),
    kind: literal('NetworkPolicy'),
    metadata: NamespacedMetadata,
    spec: orEmpty(KubernetesNetworkPolicySpec),
    status: optional(json),
  },
)
