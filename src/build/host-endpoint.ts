import type { EndpointPort, HostEndpointSpec } from '../model/host/host-endpoint.js'
import type { GlobalMetadata } from '../model/meta/metadata.js'
import type { PortProtocol } from '../model/policy/protocol.js'
import { Manifest } from './manifest.js'

/** A port of a host endpoint, for rules to name. */
export interface HostPort extends EndpointPort {
  readonly protocol: PortProtocol | 6 | 17 | 132
}

/** A HostEndpoint with methods that return another. */
export class HostEndpointBuilder extends Manifest<'HostEndpoint', GlobalMetadata, HostEndpointSpec> {
  /** `'*'` for all of the host's interfaces, or the name of one. */
  interfaceName(interfaceName: string): this {
    return this.with({ interfaceName })
  }

  /** With these addresses after those it has: they say which interface it is, where no name does. */
  expectedIPs(...addresses: ReadonlyArray<string>): this {
    return this.with({ expectedIPs: [...(this.spec.expectedIPs ?? []), ...addresses] })
  }

  /** With these Profiles after those it has, for traffic that no policy applies to. */
  profiles(...profiles: ReadonlyArray<string>): this {
    return this.with({ profiles: [...(this.spec.profiles ?? []), ...profiles] })
  }

  /** With these ports after those it has. */
  ports(...ports: ReadonlyArray<HostPort>): this {
    return this.with({ ports: [...(this.spec.ports ?? []), ...ports] })
  }
}

/**
 * A host's interface, or all of them, for policies to select by its labels. Once there is one, what no policy allows
 * is dropped, but for Felix' failsafe ports: start with the Profile `projectcalico-default-allow`.
 *
 * @example
 * hostEndpoint('node-1-eth0', 'node-1').interfaceName('eth0').labels({ role: 'node' }).spec
 * // => { node: 'node-1', interfaceName: 'eth0' }
 */
export const hostEndpoint = (name: string, node: string): HostEndpointBuilder =>
  new HostEndpointBuilder('HostEndpoint', { name }, { node })
