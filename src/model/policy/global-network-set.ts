import { type Codec, list, object, optional, string } from '../codec/codec.js'
import { type GlobalResource, global } from '../meta/envelope.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/globalnetworkset.go`. */
export interface GlobalNetworkSetSpec {
  /** CIDRs and addresses. Host bits need not be zero. */
  readonly nets?: ReadonlyArray<string>
}

export const GlobalNetworkSetSpec: Codec<GlobalNetworkSetSpec> = object<GlobalNetworkSetSpec>(
  'GlobalNetworkSetSpec',
  { nets: optional(list(string)) },
  /^allowedEgressDomains$/,
)

/** Nets that rules select by its labels; rules of a NetworkPolicy need `namespaceSelector: global()` for it. */
export interface GlobalNetworkSet extends GlobalResource<'GlobalNetworkSet', GlobalNetworkSetSpec> {}
export const GlobalNetworkSet: Codec<GlobalNetworkSet> = global('GlobalNetworkSet', GlobalNetworkSetSpec)
