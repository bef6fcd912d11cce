import { addressValue } from '../../net/cidr.js'
import { addressesOf, type Entity, entityOfWorkload } from '../world/entity.js'
import type { Endpoint, NodeEnd, Workload } from '../world/flow.js'
import type { FilledWorkload, OpenLabels } from '../world/known-labels.js'
import { filledIn, type GivenEndpoints } from './given-endpoints.js'
import { loopback, loopbackIPs } from './host-table.js'
import type { EntityClass, PeerClass } from './peer-class.js'
import {
  classOf,
  classOfPod,
  firstClassOf,
  type PeerTable,
  peerOfPod,
  peerOutside,
  peerTable,
} from './peer-table.js'
import { type Place, type Places, placeOfAddress, placeOfHost, placeOfPod, places } from './place.js'
import { podsAt, podsMeant } from './pods-at.js'
import type { TestTable } from './test-table.js'

/** An endpoint with one of its addresses, or with none that is known. */
export interface PeerAt {
  readonly family: 4 | 6 | undefined
  readonly peer: PeerClass
  readonly place: Place
}

/** An endpoint, with what rules look at worked out once. */
export interface ResolvedPeer {
  readonly endpoint: Endpoint
  readonly isPod: boolean
  /** Whether it is a node, or may be. */
  readonly isHost: boolean
  readonly at: readonly [PeerAt, ...ReadonlyArray<PeerAt>]
}

/** The classes of a world's peers, and their places. */
interface ResolverTable extends PeerTable {
  readonly places: Places
}

export interface PeerResolver {
  readonly table: ResolverTable
  /** `known` are a pod's labels, where they are worked out already. */
  readonly resolve: (endpoint: Endpoint, known?: OpenLabels) => ResolvedPeer
  /** An address that is no pod's. */
  readonly resolveOutside: (address: bigint | undefined, ip: string) => ResolvedPeer
  /** A pod, a host endpoint or a set, as selectors see it. */
  readonly classOf: (entity: Entity) => EntityClass
  /** A pod with what the world knows of its namespace and service account. */
  readonly filledIn: (pod: Workload) => FilledWorkload
}

const outsideAt = (table: ResolverTable, address: bigint | undefined, place: Place): PeerAt => {
  const { given } = table
  const names = address === undefined ? [] : podsAt(given.pods, address)
  const pods = names
    .flatMap((name) => given.pods.get(name) ?? [])
    .map((pod) => classOfPod(table, filledIn(pod, given)))
  const peer = peerOutside(table, address, pods)
  return { family: peer.family, peer, place }
}

const addressesOfNode = (
  { name, interface: iface, ip }: NodeEnd,
  { hosts }: GivenEndpoints,
): ReadonlyArray<bigint> => {
  const node = hosts.byName.get(name)
  const ofInterface = iface === undefined ? undefined : node?.interfaces?.[iface]
  const ofLoopback = iface === loopback ? loopbackIPs : undefined
  const ips = ip === undefined ? (ofInterface ?? ofLoopback ?? node?.ips ?? []) : [ip]
  return [...new Set(ips.flatMap((it) => addressValue(it) ?? []))]
}

const resolveNode = (table: ResolverTable, endpoint: NodeEnd): ResolvedPeer => {
  const { name, interface: named } = endpoint
  const { hosts } = table.given
  const at = (address: bigint | undefined): PeerAt => {
    const [owner] = address === undefined ? [] : hosts.having(address).filter(({ node }) => node === name)
    const isNamed = named !== undefined
    const where = { interface: named ?? owner?.interface, isNamed, address }
    return outsideAt(table, address, placeOfHost(table.places, name, where))
  }
  const [first, ...rest] = addressesOfNode(endpoint, table.given)
  return { endpoint, isPod: false, isHost: true, at: [at(first), ...rest.map(at)] }
}

const resolveAddress = (table: ResolverTable, ip: string): ResolvedPeer => {
  const address = addressValue(ip)
  const place = placeOfAddress(table.places, ip, podsMeant(table.given, address))
  return {
    endpoint: { _tag: 'Address', ip },
    isPod: false,
    isHost: place._tag !== 'Outside',
    at: [outsideAt(table, address, place)],
  }
}

const podAt = (table: ResolverTable, own: EntityClass, address: bigint | undefined, place: Place): PeerAt => {
  const peer = peerOfPod(table, own, address)
  return { family: peer.family, peer, place }
}

const resolvePod = (
  table: ResolverTable,
  endpoint: Workload,
  labels: OpenLabels | undefined,
): ResolvedPeer => {
  const pod = filledIn(endpoint, table.given)
  const own =
    labels === undefined ? classOfPod(table, pod) : firstClassOf(table, entityOfWorkload(pod, labels))
  const place = placeOfPod(table.places, pod)
  const addresses = addressesOf(endpoint)
  const at: [PeerAt, ...Array<PeerAt>] = [podAt(table, own, addresses[0], place)]
  for (let i = 1; i < addresses.length; i++) at.push(podAt(table, own, addresses[i], place))
  return { endpoint: pod, isPod: true, isHost: false, at }
}

/** An endpoint as policies see it. `known` are a pod's labels, where they are worked out already. */
export const resolvePeer = (table: ResolverTable, endpoint: Endpoint, known?: OpenLabels): ResolvedPeer => {
  if (endpoint._tag === 'Node') return resolveNode(table, endpoint)
  return endpoint._tag === 'Address' ? resolveAddress(table, endpoint.ip) : resolvePod(table, endpoint, known)
}

const resolveOutside = (table: ResolverTable, address: bigint | undefined, ip: string): ResolvedPeer => {
  const place = placeOfAddress(table.places, ip)
  const peer = peerOutside(table, address, [])
  return {
    endpoint: { _tag: 'Address', ip },
    isPod: false,
    isHost: place._tag !== 'Outside',
    at: [{ family: peer.family, peer, place }],
  }
}

export const peerResolver = (tests: TestTable, given: GivenEndpoints): PeerResolver => {
  const table: ResolverTable = { places: places(given.hosts), ...peerTable(tests, given) }
  return {
    table,
    classOf: (entity) => classOf(table, entity),
    filledIn: (pod) => filledIn(pod, given),
    resolveOutside: (address, ip) => resolveOutside(table, address, ip),
    resolve: (endpoint, known) => resolvePeer(table, endpoint, known),
  }
}
