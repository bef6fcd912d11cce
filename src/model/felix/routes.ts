import { ClusterRoutes } from '../bgp/cluster-routes.js'
import {
  boolean,
  type Codec,
  integer,
  list,
  literal,
  object,
  optional,
  pointed,
  string,
} from '../codec/codec.js'
import { Duration, Switch } from '../meta/scalars.js'
import { Port } from '../policy/port.js'

/** Indexes of Linux's routing tables; both ends belong to it. */
export interface RouteTableRange {
  readonly min?: number
  readonly max?: number
}

const RouteTableRange: Codec<RouteTableRange> = object<RouteTableRange>('RouteTableRange', {
  min: optional(integer),
  max: optional(integer),
})

/** Routes, address translation and tunnels. */
export interface FelixRoutes {
  /** `CalicoIPAM` by default. */
  readonly routeSource?: 'WorkloadIPs' | 'CalicoIPAM'
  /** 1 to 250 by default. */
  readonly routeTableRanges?: ReadonlyArray<RouteTableRange>
  /** Deprecated: `routeTableRanges` says it. */
  readonly routeTableRange?: RouteTableRange
  /** Whether Felix leaves routes alone; false by default. */
  readonly routeSyncDisabled?: boolean
  /** 90s by default; 0 turns it off. */
  readonly routeRefreshInterval?: Duration
  readonly deviceRouteSourceAddress?: string
  readonly deviceRouteSourceAddressIPv6?: string
  /** RTPROT_BOOT, 3, by default. */
  readonly deviceRouteProtocol?: number
  /** Whether others' device routes are removed; true by default. */
  readonly removeExternalRoutes?: boolean
  /** CIDRs of nodes without Calico that tunnel to this one. */
  readonly externalNodesList?: ReadonlyArray<string>
  /** The kernel's own by default. */
  readonly natPortRange?: Port
  /** That of the interface by default. */
  readonly natOutgoingAddress?: string
  /** `IPPoolsOnly` by default. Since Calico 3.31. */
  readonly natOutgoingExclusions?: 'IPPoolsOnly' | 'IPPoolsAndHostIPs'
  /** What becomes of traffic to service addresses that no service has; `Drop` by default. */
  readonly serviceLoopPrevention?: 'Drop' | 'Reject' | 'Disabled'
  /** By the IP pools when left out. */
  readonly ipipEnabled?: boolean
  /** Detected by default. */
  readonly ipipMTU?: number
  /** By the IP pools when left out. */
  readonly vxlanEnabled?: boolean
  /** Detected by default. */
  readonly vxlanMTU?: number
  readonly vxlanMTUV6?: number
  /** 4789 by default. */
  readonly vxlanPort?: number
  /** 4096 by default. */
  readonly vxlanVNI?: number
  /** False by default. */
  readonly allowVXLANPacketsFromWorkloads?: boolean
  /** False by default. */
  readonly allowIPIPPacketsFromWorkloads?: boolean
  /** The interfaces that the MTU is taken from, as a regular expression. */
  readonly mtuIfacePattern?: string
  /** False by default. Since Calico 3.30. */
  readonly requireMTUFile?: boolean
  /** Whether Felix programs routes to other nodes' pods that BIRD would; `Disabled` by default. Since Calico 3.31. */
  readonly programClusterRoutes?: ClusterRoutes
  /** `Enabled` by default. Since Calico 3.31. */
  readonly ipForwarding?: Switch
  /** False by default. */
  readonly wireguardEnabled?: boolean
  /** False by default. */
  readonly wireguardEnabledV6?: boolean
  /** 51820 by default. */
  readonly wireguardListeningPort?: number
  /** 51821 by default. */
  readonly wireguardListeningPortV6?: number
  /** 99 by default. */
  readonly wireguardRoutingRulePriority?: number
  /** `wireguard.cali` by default. */
  readonly wireguardInterfaceName?: string
  /** `wg-v6.cali` by default. */
  readonly wireguardInterfaceNameV6?: string
  /** Detected by default. */
  readonly wireguardMTU?: number
  readonly wireguardMTUV6?: number
  /** Whether traffic between hosts is encrypted too; false by default. */
  readonly wireguardHostEncryptionEnabled?: boolean
  /** 0, off, by default. */
  readonly wireguardKeepAlive?: Duration
  /** False by default. Since Calico 3.29. */
  readonly wireguardThreadingEnabled?: boolean
  /** The metric of IPv4 routes; 1024 by default, lower goes first. Since Calico 3.32. */
  readonly ipv4NormalRoutePriority?: number
  /** That of virtual machines on the move, lower than the normal one; 512 by default. Since Calico 3.32. */
  readonly ipv4ElevatedRoutePriority?: number
  /** The metric of IPv6 routes; 1024 by default, lower goes first. Since Calico 3.32. */
  readonly ipv6NormalRoutePriority?: number
  /** That of virtual machines on the move, lower than the normal one; 512 by default. Since Calico 3.32. */
  readonly ipv6ElevatedRoutePriority?: number
  /** How long the elevated metric stays after a move; 30s by default. Since Calico 3.32. */
  readonly liveMigrationRouteConvergenceTime?: Duration
  /** Whether nodes answer ARP and NDP for addresses of their own subnet; `Disabled` by default. Since Calico 3.33. */
  readonly localSubnetL2Reachability?: 'Disabled' | 'PodsAndLoadBalancers'
  /** How often those are announced again; 120s by default, 0 turns it off. Since Calico 3.33. */
  readonly localSubnetL2ReachabilityRefreshInterval?: Duration
}

export const routes = {
  routeSource: optional(literal('WorkloadIPs', 'CalicoIPAM')),
  routeTableRanges: optional(list(RouteTableRange)),
  routeTableRange: optional(RouteTableRange),
  routeSyncDisabled: optional(boolean),
  routeRefreshInterval: optional(Duration),
  deviceRouteSourceAddress: optional(string),
  deviceRouteSourceAddressIPv6: optional(string),
  deviceRouteProtocol: optional(integer),
  removeExternalRoutes: optional(boolean),
  externalNodesList: optional(list(string)),
  natPortRange: optional(Port),
  natOutgoingAddress: optional(string),
  natOutgoingExclusions: optional(literal('IPPoolsOnly', 'IPPoolsAndHostIPs'), '3.31'),
  serviceLoopPrevention: optional(literal('Drop', 'Reject', 'Disabled')),
  ipipEnabled: optional(boolean),
  ipipMTU: optional(integer),
  vxlanEnabled: optional(boolean),
  vxlanMTU: optional(integer),
  vxlanMTUV6: optional(integer),
  vxlanPort: optional(integer),
  vxlanVNI: optional(integer),
  allowVXLANPacketsFromWorkloads: optional(boolean),
  allowIPIPPacketsFromWorkloads: optional(boolean),
  mtuIfacePattern: optional(string),
  requireMTUFile: optional(boolean, '3.30'),
  programClusterRoutes: optional(ClusterRoutes, '3.31'),
  ipForwarding: optional(Switch, '3.31'),
  wireguardEnabled: optional(boolean),
  wireguardEnabledV6: optional(boolean),
  wireguardListeningPort: optional(integer),
  wireguardListeningPortV6: optional(integer),
  wireguardRoutingRulePriority: optional(integer),
  wireguardInterfaceName: optional(string),
  wireguardInterfaceNameV6: optional(string),
  wireguardMTU: optional(integer),
  wireguardMTUV6: optional(integer),
  wireguardHostEncryptionEnabled: optional(boolean),
  wireguardKeepAlive: optional(Duration),
  wireguardThreadingEnabled: optional(boolean, '3.29'),
  ipv4NormalRoutePriority: optional(integer, '3.32'),
  ipv4ElevatedRoutePriority: optional(integer, '3.32'),
  ipv6NormalRoutePriority: optional(integer, '3.32'),
  ipv6ElevatedRoutePriority: optional(integer, '3.32'),
  liveMigrationRouteConvergenceTime: optional(Duration, '3.32'),
  localSubnetL2Reachability: optional(pointed('Disabled', 'PodsAndLoadBalancers'), '3.33'),
  localSubnetL2ReachabilityRefreshInterval: optional(Duration, '3.33'),
}
