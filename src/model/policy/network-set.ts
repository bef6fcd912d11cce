import { type Codec, list, object, optional, string } from '../codec/codec.js'
import { type NamespacedResource, namespaced } from '../meta/envelope.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/networkset.go`. */
export interface NetworkSetSpec {
  /** CIDRs and addresses. Host bits need not be zero. */
  readonly nets?: ReadonlyArray<string>
}

export const NetworkSetSpec: Codec<NetworkSetSpec> = object<NetworkSetSpec>(
  'NetworkSetSpec',
  {
    nets: optional(list(string)),
  },
  /^allowedEgressDomains$/,
)

/** Nets that rules of its namespace select by its labels, as if they were endpoints. */
export interface NetworkSet extends NamespacedResource<'NetworkSet', NetworkSetSpec> {}
export const NetworkSet: Codec<NetworkSet> = namespaced('NetworkSet', NetworkSetSpec)
