import { ASNumber } from '../bgp/as-number.js'
import { type Codec, list, literal, object, optional, orEmpty, string } from '../codec/codec.js'
import { type GlobalResource, globalHead } from '../meta/envelope.js'

export interface NodeBGPSpec {
  /** That of the BGPConfiguration `default` when left out. */
  readonly asNumber?: ASNumber
  /** Address and network, as in `10.0.0.1/24`. */
  readonly ipv4Address?: string
  readonly ipv6Address?: string
  readonly ipv4IPIPTunnelAddr?: string
  /** Makes the node a route reflector of this cluster: written as an IPv4 address. */
  readonly routeReflectorClusterID?: string
}

const NodeBGPSpec: Codec<NodeBGPSpec> = object<NodeBGPSpec>('NodeBGPSpec', {
  asNumber: optional(ASNumber),
  ipv4Address: optional(string),
  ipv6Address: optional(string),
  ipv4IPIPTunnelAddr: optional(string),
  routeReflectorClusterID: optional(string),
})

/** The orchestrator that uses the node, and its name there. */
export interface OrchRef {
  readonly nodeName?: string
  readonly orchestrator?: string
}

const OrchRef: Codec<OrchRef> = object<OrchRef>('OrchRef', {
  nodeName: optional(string),
  orchestrator: optional(string),
})

export interface NodeWireguardSpec {
  readonly interfaceIPv4Address?: string
  readonly interfaceIPv6Address?: string
}

const NodeWireguardSpec: Codec<NodeWireguardSpec> = object<NodeWireguardSpec>('NodeWireguardSpec', {
  interfaceIPv4Address: optional(string),
  interfaceIPv6Address: optional(string),
})

export interface NodeAddress {
  readonly address: string
  readonly type?: 'CalicoNodeIP' | 'InternalIP' | 'ExternalIP'
}

const NodeAddress: Codec<NodeAddress> = object<NodeAddress>('NodeAddress', {
  address: string,
  type: optional(literal('CalicoNodeIP', 'InternalIP', 'ExternalIP')),
})

/** **Source**: `libcalico-go/lib/apis/v3/node.go`. */
export interface NodeSpec {
  /** Absent: the node does not speak BGP. */
  readonly bgp?: NodeBGPSpec
  readonly ipv4VXLANTunnelAddr?: string
  readonly vxlanTunnelMACAddr?: string
  readonly ipv6VXLANTunnelAddr?: string
  readonly vxlanTunnelMACAddrV6?: string
  readonly orchRefs?: ReadonlyArray<OrchRef>
  readonly wireguard?: NodeWireguardSpec
  readonly addresses?: ReadonlyArray<NodeAddress>
}

export const NodeSpec: Codec<NodeSpec> = object<NodeSpec>('NodeSpec', {
  bgp: optional(NodeBGPSpec),
  ipv4VXLANTunnelAddr: optional(string),
  vxlanTunnelMACAddr: optional(string),
  ipv6VXLANTunnelAddr: optional(string),
  vxlanTunnelMACAddrV6: optional(string),
  orchRefs: optional(list(OrchRef)),
  wireguard: optional(NodeWireguardSpec),
  addresses: optional(list(NodeAddress)),
})

/** What the node says of itself. */
export interface NodeStatus {
  readonly wireguardPublicKey?: string
  readonly wireguardPublicKeyV6?: string
  readonly podCIDRs?: ReadonlyArray<string>
}

const NodeStatus: Codec<NodeStatus> = object<NodeStatus>('NodeStatus', {
  wireguardPublicKey: optional(string),
  wireguardPublicKeyV6: optional(string),
  podCIDRs: optional(list(string)),
})

/** A host that runs Calico. On Kubernetes it is the cluster's node: calicoctl can change it, not create it. */
export interface Node extends GlobalResource<'Node', NodeSpec> {
  readonly status?: NodeStatus
}

export const Node: Codec<Node> = object<Node>('Node', {
  ...globalHead('Node'),
  spec: orEmpty(NodeSpec),
  status: optional(NodeStatus),
})
