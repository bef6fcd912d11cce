import {
  boolean,
  type Codec,
  integer,
  integerFrom,
  list,
  object,
  optional,
  pointed,
  string,
} from '../codec/codec.js'
import { type GlobalResource, global } from '../meta/envelope.js'
import { Duration, LogLevel, Switch } from '../meta/scalars.js'
import { ASNumber } from './as-number.js'
import { BGPPassword } from './bgp-password.js'
import { ClusterRoutes } from './cluster-routes.js'

/** A block of service addresses. */
export interface ServiceBlock {
  readonly cidr?: string
}

const ServiceBlock: Codec<ServiceBlock> = object<ServiceBlock>('ServiceBlock', { cidr: optional(string) })

/** A name for a BGP community: `aa:nn`, or `aa:nn:mm` for a large one. */
export interface Community {
  readonly name?: string
  readonly value?: string
}

const Community: Codec<Community> = object<Community>('Community', {
  name: optional(string),
  value: optional(string),
})

/** Communities, by name or by value, that go with the routes of a CIDR. */
export interface PrefixAdvertisement {
  readonly cidr?: string
  readonly communities?: ReadonlyArray<string>
}

const PrefixAdvertisement: Codec<PrefixAdvertisement> = object<PrefixAdvertisement>('PrefixAdvertisement', {
  cidr: optional(string),
  communities: optional(list(string)),
})

/** **Source**: `api/pkg/apis/projectcalico/v3/bgpconfig.go`. */
export interface BGPConfigurationSpec {
  /** `Info` by default. */
  readonly logSeverityScreen?: LogLevel
  /** Whether every node peers with every other; true by default. */
  readonly nodeToNodeMeshEnabled?: boolean
  /** Of the nodes that have none of their own; 64512 by default. */
  readonly asNumber?: ASNumber
  readonly serviceLoadBalancerIPs?: ReadonlyArray<ServiceBlock>
  readonly serviceExternalIPs?: ReadonlyArray<ServiceBlock>
  readonly serviceClusterIPs?: ReadonlyArray<ServiceBlock>
  /** Whether a block is advertised as one route; `Enabled` by default. Since Calico 3.32. */
  readonly serviceLoadBalancerAggregation?: Switch
  readonly communities?: ReadonlyArray<Community>
  readonly prefixAdvertisements?: ReadonlyArray<PrefixAdvertisement>
  /** 179 by default. */
  readonly listenPort?: number
  /** For the mesh; only in the configuration named `default`. */
  readonly nodeMeshPassword?: BGPPassword
  /** BIRD's 120 s by default; only in the configuration named `default`. */
  readonly nodeMeshMaxRestartTime?: Duration
  /** `NodeIP`: listen on the node's own address only; `None`, on all, is the default. */
  readonly bindMode?: 'None' | 'NodeIP'
  /** Interfaces whose routes are not read; `*` matches any characters. */
  readonly ignoredInterfaces?: ReadonlyArray<string>
  /** The address that pods peer with. Since Calico 3.30. */
  readonly localWorkloadPeeringIPV4?: string
  /** The address that pods peer with. Since Calico 3.30. */
  readonly localWorkloadPeeringIPV6?: string
  /** Whether BIRD programs routes to other nodes' pods, where there is no VXLAN; `Enabled` by default. Since Calico 3.32. */
  readonly programClusterRoutes?: ClusterRoutes
  /** The metric of IPv4 routes, as Felix's configuration has it: 1 to 2147483646; 1024 by default. Since Calico 3.32. */
  readonly ipv4NormalRoutePriority?: number
  /** That of IPv6 routes. Since Calico 3.32. */
  readonly ipv6NormalRoutePriority?: number
}

export const BGPConfigurationSpec: Codec<BGPConfigurationSpec> = object<BGPConfigurationSpec>(
  'BGPConfigurationSpec',
  {
    logSeverityScreen: optional(LogLevel),
    nodeToNodeMeshEnabled: optional(boolean),
    asNumber: optional(ASNumber),
    serviceLoadBalancerIPs: optional(list(ServiceBlock)),
    serviceExternalIPs: optional(list(ServiceBlock)),
    serviceClusterIPs: optional(list(ServiceBlock)),
    serviceLoadBalancerAggregation: optional(Switch, '3.32'),
    communities: optional(list(Community)),
    prefixAdvertisements: optional(list(PrefixAdvertisement)),
    listenPort: optional(integerFrom(0, 65535)),
    nodeMeshPassword: optional(BGPPassword),
    nodeMeshMaxRestartTime: optional(Duration),
    bindMode: optional(pointed('None', 'NodeIP')),
    ignoredInterfaces: optional(list(string)),
    localWorkloadPeeringIPV4: optional(string, '3.30'),
    localWorkloadPeeringIPV6: optional(string, '3.30'),
    programClusterRoutes: optional(ClusterRoutes, '3.32'),
    ipv4NormalRoutePriority: optional(integer, '3.32'),
    ipv6NormalRoutePriority: optional(integer, '3.32'),
  },
)

/** How Calico's nodes speak BGP: `default` for all of them, `node.<name>` for one. */
export interface BGPConfiguration extends GlobalResource<'BGPConfiguration', BGPConfigurationSpec> {}
export const BGPConfiguration: Codec<BGPConfiguration> = global('BGPConfiguration', BGPConfigurationSpec)
