import { type Codec, list, object, optional, orEmpty, string } from '../codec/codec.js'
import { LabelSelector } from '../meta/label-selector.js'

/** Pods by their labels, in namespaces by theirs. **Source**: network-policy-api, NamespacedPod. */
export interface NamespacedPods {
  readonly namespaceSelector: LabelSelector
  readonly podSelector: LabelSelector
}

export const NamespacedPods: Codec<NamespacedPods> = object<NamespacedPods>('NamespacedPod', {
  namespaceSelector: orEmpty(LabelSelector),
  podSelector: orEmpty(LabelSelector),
})

/** The pods that a policy for the whole cluster applies to: all of some namespaces, or some. Exactly one is given. */
export interface ClusterPolicySubject {
  readonly namespaces?: LabelSelector
  readonly pods?: NamespacedPods
}

export const ClusterPolicySubject: Codec<ClusterPolicySubject> = object<ClusterPolicySubject>('Subject', {
  namespaces: optional(LabelSelector),
  pods: optional(NamespacedPods),
})

/** The other end of a rule. Exactly one is given. Calico knows no `nodes` and no `domainNames`. */
export interface ClusterPolicyPeer extends ClusterPolicySubject {
  readonly nodes?: LabelSelector
  readonly networks?: ReadonlyArray<string>
  readonly domainNames?: ReadonlyArray<string>
}

export const ClusterPolicyIngressPeer: Codec<ClusterPolicySubject> = object<ClusterPolicySubject>(
  'IngressPeer',
  { namespaces: optional(LabelSelector), pods: optional(NamespacedPods) },
)

export const ClusterPolicyPeer: Codec<ClusterPolicyPeer> = object<ClusterPolicyPeer>('EgressPeer', {
  namespaces: optional(LabelSelector),
  pods: optional(NamespacedPods),
  nodes: optional(LabelSelector),
  networks: optional(list(string)),
  domainNames: optional(list(string)),
})
