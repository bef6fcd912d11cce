import { type Codec, integerFrom, list, object, optional, string } from '../codec/codec.js'
import { type GlobalResource, global } from '../meta/envelope.js'
import { Protocol } from '../policy/protocol.js'

/** A port that rules may name. **Shape**: `protocol` TCP, UDP or SCTP; `port` 1 to 65535. */
export interface EndpointPort {
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
}

export const EndpointPort: Codec<EndpointPort> = object<EndpointPort>('EndpointPort', {
  name: string,
  protocol: Protocol,
  port: integerFrom(0, 65535),
})

/** **Source**: `api/pkg/apis/projectcalico/v3/hostendpoint.go`. */
export interface HostEndpointSpec {
  /** The name of the node. Calico refuses one without. */
  readonly node?: string
  /** `*` for all of the host's interfaces, or the name of one. Without it, the interface with an expected address. */
  readonly interfaceName?: string
  /** The endpoint's addresses: what selectors stand for. Needed when there is no `interfaceName`. */
  readonly expectedIPs?: ReadonlyArray<string>
  /** Names of Profiles, applied after policy, in order. */
  readonly profiles?: ReadonlyArray<string>
  readonly ports?: ReadonlyArray<EndpointPort>
}

export const HostEndpointSpec: Codec<HostEndpointSpec> = object<HostEndpointSpec>('HostEndpointSpec', {
  node: optional(string),
  interfaceName: optional(string),
  expectedIPs: optional(list(string)),
  profiles: optional(list(string)),
  ports: optional(list(EndpointPort)),
})

/** A host's interface, or all of them. Once there is one, what no policy allows is dropped, but for failsafe ports. */
export interface HostEndpoint extends GlobalResource<'HostEndpoint', HostEndpointSpec> {}
export const HostEndpoint: Codec<HostEndpoint> = global('HostEndpoint', HostEndpointSpec)
