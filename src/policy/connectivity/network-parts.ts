import { addressValue, networkInterval, printAddressValue } from '../../net/cidr.js'
import { cut, type Interval, join } from '../../net/interval.js'
import { intervalOf } from '../compile/net-table.js'
import { type ResolvedPeer, resolvePeer } from '../compile/peer-resolver.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import type { Endpoint, Network } from '../world/flow.js'

/** An endpoint, or the part of a network that rules tell apart from the rest. */
export interface Part {
  readonly peer: ResolvedPeer
  /** Where it is a part of a network. */
  readonly span?: Interval<bigint>
}

const single = (address: bigint): Interval<bigint> => ({ from: address, until: address + 1n })

/** Where rules, sets, hosts and services may tell addresses apart. */
const boundaries = ({ tests, endpoints }: PolicyWorld): ReadonlyArray<Interval<bigint>> => [
  ...[...tests.ruleNets].map((id) => intervalOf(tests.nets, id)),
  ...endpoints.entities.flatMap(({ nets }) => nets.flatMap((net) => networkInterval(net) ?? [])),
  ...[...endpoints.hosts.byName.values()].flatMap(({ ips }) =>
    ips.flatMap((ip) => networkInterval(ip) ?? []),
  ),
  ...[...endpoints.services].flatMap(([address, members]) =>
    members.some(({ service }) => tests.services.has(service)) ? [single(address)] : [],
  ),
]

/** What the parts of endpoints of a world are found by. */
interface NetworkParts {
  readonly world: PolicyWorld
  marks: ReadonlyArray<Interval<bigint>> | undefined
}

export const networkParts = (world: PolicyWorld): NetworkParts => ({ world, marks: undefined })

const outside = ({ world }: NetworkParts, ip: string): ResolvedPeer =>
  world.peers.resolveOutside(addressValue(ip), ip)

const partsOfNetwork = (parts: NetworkParts, network: Network): ReadonlyArray<Part> => {
  const nets = network.nets.flatMap((net) => networkInterval(net) ?? [])
  // Of what cannot be read, no address is known.
  if (nets.length < network.nets.length) return [{ peer: outside(parts, '') }]
  parts.marks ??= boundaries(parts.world)
  return cut(join(nets), parts.marks).map((span) => ({
    peer: outside(parts, printAddressValue(span.from)),
    span,
  }))
}

/** The parts of an endpoint: one, but for networks. */
export const partsOf = (parts: NetworkParts, endpoint: Endpoint | Network): ReadonlyArray<Part> =>
  endpoint._tag === 'Network'
    ? partsOfNetwork(parts, endpoint)
    : [{ peer: resolvePeer(parts.world.peers.table, endpoint) }]
