import { boolean, type Codec, integerFrom, list, literal, object, optional, string } from '../codec/codec.js'
import { type GlobalResource, global } from '../meta/envelope.js'
import { Duration } from '../meta/scalars.js'
import { ASNumber } from './as-number.js'
import { BGPPassword } from './bgp-password.js'

/** **Source**: `api/pkg/apis/projectcalico/v3/bgppeer.go`. */
export interface BGPPeerSpec {
  /** The node that peers; without this and `nodeSelector`, every node does. */
  readonly node?: string
  /** The nodes that peer. Excludes `node`. */
  readonly nodeSelector?: string
  /** The peer's address: `10.0.0.1`, `10.0.0.1:179`, `fd00::1` or `[fd00::1]:179`. */
  readonly peerIP?: string
  readonly asNumber?: ASNumber
  /** The node's own AS number in this peering; that of the BGPConfiguration by default. Since Calico 3.31. */
  readonly localASNumber?: ASNumber
  /** The nodes to peer with. Excludes `peerIP` and `asNumber`. */
  readonly peerSelector?: string
  /** The pods of the node to peer with. Excludes `peerIP` and `peerSelector`. Since Calico 3.30. */
  readonly localWorkloadSelector?: string
  /** Whether the next hop of a route is kept; false by default. `nextHopMode` wins. */
  readonly keepOriginalNextHop?: boolean
  /** The next hop that routes are sent on with; `Auto` by default. Since Calico 3.30. */
  readonly nextHopMode?: 'Auto' | 'Self' | 'Keep'
  readonly password?: BGPPassword
  /** `UseNodeIP` by default. */
  readonly sourceAddress?: 'UseNodeIP' | 'None'
  /** BIRD's 120 s by default. */
  readonly maxRestartTime?: Duration
  /** How often the peers tell that they are there; a third of the hold time by default. Since Calico 3.32. */
  readonly keepaliveTime?: Duration
  /** How often the own AS number may be in a route's path; 0 by default. */
  readonly numAllowedLocalASNumbers?: number
  /** Hops to the peer, from 0 to 255: packets that came farther are dropped. Off by default. */
  readonly ttlSecurity?: number
  /** The gateway by which the peer is reached: a static route to it keeps routes from flapping. */
  readonly reachableBy?: string
  /** Names of BGPFilters, in order. Since Calico 3.26. */
  readonly filters?: ReadonlyArray<string>
  /** Whether Calico makes the peering of the other direction; `Auto` by default. Since Calico 3.30. */
  readonly reversePeering?: 'Auto' | 'Manual'
}

export const BGPPeerSpec: Codec<BGPPeerSpec> = object<BGPPeerSpec>('BGPPeerSpec', {
  node: optional(string),
  nodeSelector: optional(string),
  peerIP: optional(string),
  asNumber: optional(ASNumber),
  localASNumber: optional(ASNumber, '3.31'),
  peerSelector: optional(string),
  localWorkloadSelector: optional(string, '3.30'),
  keepOriginalNextHop: optional(boolean),
  nextHopMode: optional(literal('Auto', 'Self', 'Keep'), '3.30'),
  password: optional(BGPPassword),
  sourceAddress: optional(literal('UseNodeIP', 'None')),
  maxRestartTime: optional(Duration),
  keepaliveTime: optional(Duration, '3.32'),
  numAllowedLocalASNumbers: optional(integerFrom(-(2 ** 31), 2 ** 31 - 1)),
  ttlSecurity: optional(integerFrom(0, 255)),
  reachableBy: optional(string),
  filters: optional(list(string), '3.26'),
  reversePeering: optional(literal('Auto', 'Manual'), '3.30'),
})

/** A BGP session between nodes and a peer, or among nodes. */
export interface BGPPeer extends GlobalResource<'BGPPeer', BGPPeerSpec> {}
export const BGPPeer: Codec<BGPPeer> = global('BGPPeer', BGPPeerSpec)
