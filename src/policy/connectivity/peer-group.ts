import type { Interval } from '../../net/interval.js'
import type { ResolvedPeer } from '../compile/peer-resolver.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import type { Endpoint, Network } from '../world/flow.js'
import { networkParts, type Part, partsOf } from './network-parts.js'

/** Peers that no policy tells apart, and the endpoints, or parts of networks, that are among them. */
export interface Group {
  readonly id: number
  readonly peer: ResolvedPeer
  readonly members: Array<{ readonly name: string; readonly spans: Array<Interval<bigint>> }>
}

/** An endpoint, and the classes that its parts are in. */
export interface Named {
  readonly name: string
  /** A pod or a node: not what is outside. */
  readonly isInside: boolean
  readonly parts: ReadonlyArray<{ readonly id: number; readonly span?: Interval<bigint> }>
}

/** Where nodes have a say, it matters where an endpoint is. */
const keyOf = ({ at, isPod }: ResolvedPeer, isByPlace: boolean): string => {
  let key = `${isPod}`
  for (const { peer, family, place } of at) key += ` ${peer.id}/${family}${isByPlace ? `/${place.id}` : ''}`
  return key
}

/** A pod or a node. */
export const isInside = ({ _tag }: Endpoint | Network): boolean => _tag === 'Workload' || _tag === 'Node'

const hasHost = (parts: ReadonlyArray<Part>): boolean => parts.some(({ peer }) => peer.isHost)
const isHost = (parts: ReadonlyArray<Part>): boolean =>
  parts.length > 0 && parts.every(({ peer }) => peer.isHost)

/**
 * Whether it matters on which node pods are: where nodes are on the way, or an end. Of a wide network a node's address is
 * but a part, which is told apart where some node has an endpoint.
 */
const mattersWhere = (world: PolicyWorld, endpoints: ReadonlyArray<ReadonlyArray<Part>>): boolean =>
  world.hosts.areOnTheWay() || endpoints.some(world.endpoints.hostEndpoints.length > 0 ? hasHost : isHost)

/** Endpoints by what tells them apart, one after the other. */
interface Grouping {
  readonly groups: Map<string, Group>
  readonly isByPlace: boolean
  readonly all: Array<Named>
}

const groupOf = ({ groups, isByPlace }: Grouping, peer: ResolvedPeer): Group => {
  const key = keyOf(peer, isByPlace)
  const there = groups.get(key)
  if (there !== undefined) return there
  const fresh: Group = { id: groups.size, peer, members: [] }
  groups.set(key, fresh)
  return fresh
}

/** A part of an endpoint, put into its group. */
const addPart = ({ id, members }: Group, name: string, { span }: Part): Named['parts'][number] => {
  const last = members.at(-1)
  const member = last?.name === name ? last : { name, spans: [] }
  if (member !== last) members.push(member)
  if (span === undefined) return { id }
  member.spans.push(span)
  return { id, span }
}

const addEndpoint = (
  grouping: Grouping,
  name: string,
  endpoint: Endpoint | Network,
  those: ReadonlyArray<Part>,
): void => {
  const parts: Array<Named['parts'][number]> = []
  for (const part of those) parts.push(addPart(groupOf(grouping, part.peer), name, part))
  grouping.all.push({ name, isInside: isInside(endpoint), parts })
}

/** The endpoints of a world, put into groups. */
export const grouped = (
  world: PolicyWorld,
  endpoints: ReadonlyArray<readonly [string, Endpoint | Network]>,
) => {
  const networks = networkParts(world)
  const resolved: Array<ReadonlyArray<Part>> = []
  for (const [, endpoint] of endpoints) resolved.push(partsOf(networks, endpoint))
  const grouping: Grouping = { groups: new Map(), isByPlace: mattersWhere(world, resolved), all: [] }
  for (const [i, parts] of resolved.entries()) {
    const named = endpoints[i]
    if (named !== undefined) addEndpoint(grouping, named[0], named[1], parts)
  }
  return { all: grouping.all, groups: [...grouping.groups.values()] }
}
