import { type Codec, literal, object } from './codec.js'
import { NamespacedMetadata } from './metadata.js'
import { body, head, type PolicySpec } from './policy.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/networkpolicy.go`. */
export interface NetworkPolicySpec extends PolicySpec {}

export const NetworkPolicySpec: Codec<NetworkPolicySpec> = object<NetworkPolicySpec>('NetworkPolicySpec', {
  ...head,
  ...body,
})

/** An ordered policy for the workload endpoints (pods) of one namespace. */
export interface NetworkPolicy {
  readonly apiVersion: 'projectcalico.org/v3'
  readonly kind: 'NetworkPolicy'
  readonly metadata: NamespacedMetadata
  readonly spec: NetworkPolicySpec
}

export const NetworkPolicy: Codec<NetworkPolicy> = object<NetworkPolicy>('NetworkPolicy', {
  apiVersion: literal('projectcalico.org/v3'),
  kind: literal('NetworkPolicy'),
  metadata: NamespacedMetadata,
  spec: NetworkPolicySpec,
})
