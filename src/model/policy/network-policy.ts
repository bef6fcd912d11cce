import { type Codec, object } from '../codec/codec.js'
import { type NamespacedResource, namespaced } from '../meta/envelope.js'
import { body, head, type PolicySpec } from './policy.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/networkpolicy.go`. */
export interface NetworkPolicySpec extends PolicySpec {}

export const NetworkPolicySpec: Codec<NetworkPolicySpec> = object<NetworkPolicySpec>('NetworkPolicySpec', {
  ...head,
  ...body,
})

/** An ordered policy for the workload endpoints (pods) of one namespace. */
export interface NetworkPolicy extends NamespacedResource<'NetworkPolicy', NetworkPolicySpec> {}
export const NetworkPolicy: Codec<NetworkPolicy> = namespaced('NetworkPolicy', NetworkPolicySpec)
