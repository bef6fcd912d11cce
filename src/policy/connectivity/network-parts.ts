import { addressValue, networkInterval, printAddressValue } from '../../net/cidr.js'
import { cut, type Interval, join } from '../../net/interval.js'
import type { ResolvedPeer } from '../compile/peer-resolver.js'
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
  ...[...tests.ruleNets].map(tests.nets.intervalOf),
  ...endpoints.entities.flatMap(({ nets }) => nets.flatMap((net) => networkInterval(net) ?? [])),
  ...[...endpoints.hosts.byName.values()].flatMap(({ ips }) =>
    ips.flatMap((ip) => networkInterval(ip) ?? []),
  ),
  ...[...endpoints.services].flatMap(([address, members]) =>
    members.some(({ service }) => tests.services.has(service)) ? [single(address)] : [],
  ),
]

/** The parts of an endpoint: one, but for networks. */
export const partsIn = (world: PolicyWorld): ((endpoint: Endpoint | Network) => ReadonlyArray<Part>) => {
  let marks: ReadonlyArray<Interval<bigint>> | undefined
  const outside = (ip: string): ResolvedPeer => world.peers.resolveOutside(addressValue(ip), ip)
  return (endpoint) => {
    if (endpoint._tag !== 'Network') return [{ peer: world.peers.resolve(endpoint) }]
    const nets = endpoint.nets.flatMap((net) => networkInterval(net) ?? [])
    // Of what cannot be read, no address is known.
    if (nets.length < endpoint.nets.length) return [{ peer: outside('') }]
    marks ??= boundaries(world)
    return cut(join(nets), marks).map((span) => ({ peer: outside(printAddressValue(span.from)), span }))
  }
}
