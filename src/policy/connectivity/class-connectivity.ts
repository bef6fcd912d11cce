import { printAddresses } from '../../net/cidr.js'
import { type Interval, join } from '../../net/interval.js'
import type { ResolvedPeer } from '../compile/peer-resolver.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import type { Endpoint, Network } from '../world/flow.js'
import { networkParts, type Part, partsOf } from './network-parts.js'
import { connectionSets, type ExplainedTraffic, explainPair } from './peer-pair.js'
import { betweenSides, type Side } from './side-table.js'
import type { Connection, ConnectionSet } from './traffic.js'

/** An endpoint by its name; the part of a network where not all of it fares alike. */
export interface Member {
  readonly name: string
  readonly addresses?: ReadonlyArray<string>
}

/** Endpoints that no policy tells apart. */
export interface PeerGroup {
  /** Its place among the classes. */
  readonly id: number
  readonly isPod: boolean
  /** Nodes themselves. */
  readonly isNode: boolean
  readonly members: ReadonlyArray<Member>
}

/** What gets through from any member of a class to any member of another. */
export interface ClassConnection extends ConnectionSet {
  readonly from: number
  readonly to: number
}

/**
 * Who can talk to whom, by classes of peers that no policy tells apart: it grows with what differs, and not with pods
 * squared. A class with itself stands for any two of its members.
 */
export interface ClassConnectivity {
  readonly classes: ReadonlyArray<PeerGroup>
  readonly between: (from: number, to: number) => ConnectionSet
  /** All traffic from one class to another, allowed or not, by the rules that have a say in it. */
  readonly explain: (from: number, to: number) => ReadonlyArray<ExplainedTraffic>
  /** Each pair of classes with a pod or a node in it. */
  readonly connections: () => Iterable<ClassConnection>
  /** Each pair of endpoints with a pod or a node in it, made as they are taken. */
  readonly pairs: () => Iterable<Connection>
}

interface Group {
  readonly id: number
  readonly peer: ResolvedPeer
  readonly members: Array<{ readonly name: string; readonly spans: Array<Interval<bigint>> }>
}

/** An endpoint, and the classes that its parts are in. */
interface Named {
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

const isInside = ({ _tag }: Endpoint | Network): boolean => _tag === 'Workload' || _tag === 'Node'

/**
 * Whether it matters on which node pods are: where nodes are on the way, or an end. Of a wide network a node's address is
 * but a part, which is told apart where some node has an endpoint.
 */
const mattersWhere = (world: PolicyWorld, endpoints: ReadonlyArray<ReadonlyArray<Part>>): boolean =>
  world.hosts.areOnTheWay() ||
  endpoints.some((parts) =>
    world.endpoints.hostEndpoints.length > 0
      ? parts.some(({ peer }) => peer.isHost)
      : parts.length > 0 && parts.every(({ peer }) => peer.isHost),
  )

/** Groups of peers, by what tells them apart. */
type Groups = Map<string, Group>

const groupOf = (groups: Groups, peer: ResolvedPeer, isByPlace: boolean): Group => {
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

const grouped = (world: PolicyWorld, endpoints: ReadonlyArray<readonly [string, Endpoint | Network]>) => {
  const networks = networkParts(world)
  const resolved = endpoints.map(([, endpoint]) => partsOf(networks, endpoint))
  const isByPlace = mattersWhere(world, resolved)
  const groups: Groups = new Map()
  const all = endpoints.map(([name, endpoint], i): Named => {
    const parts = (resolved[i] ?? []).map((part) =>
      addPart(groupOf(groups, part.peer, isByPlace), name, part),
    )
    return { name, isInside: isInside(endpoint), parts }
  })
  return { all, groups: [...groups.values()] }
}

type SetOf = (from: number, to: number) => ConnectionSet

const inParts = (from: Named, to: Named, setOf: SetOf): ReadonlyArray<Connection> => {
  const found = new Map<ConnectionSet, Array<Interval<bigint>>>()
  for (const a of from.parts) {
    for (const b of to.parts) {
      const set = setOf(a.id, b.id)
      const spans = found.get(set) ?? []
      found.set(set, spans)
      spans.push(...[a.span ?? b.span ?? []].flat())
    }
  }
  return [...found].map(([{ allowed, unknown }, spans]) => ({
    from: from.name,
    to: to.name,
    ...(found.size === 1 ? {} : { addresses: join(spans).map(printAddresses) }),
    allowed,
    unknown,
  }))
}

function* pairsOf(all: ReadonlyArray<Named>, setOf: SetOf): Generator<Connection> {
  for (const from of all) {
    for (const to of all) {
      if (!from.isInside && !to.isInside) continue
      const [[a, ...more], [b, ...others]] = [from.parts, to.parts]
      if (a === undefined || b === undefined || more.length + others.length > 0) {
        yield* inParts(from, to, setOf)
      } else {
        const { allowed, unknown } = setOf(a.id, b.id)
        yield { from: from.name, to: to.name, allowed, unknown }
      }
    }
  }
}

/** A class as one end of many pairs. */
interface ClassEnd {
  readonly isInside: boolean
  readonly side: Side | 'itself'
}

function* connectionsOf(ends: ReadonlyArray<ClassEnd>, betweenPeers: SetOf): Generator<ClassConnection> {
  for (const [from, { isInside, side }] of ends.entries()) {
    for (let to = 0; to < ends.length; to++) {
      const other = ends[to]
      if (other === undefined || !(isInside || other.isInside)) continue
      const { allowed, unknown } =
        side === 'itself' || other.side === 'itself' ? betweenPeers(from, to) : betweenSides(side, other.side)
      yield { from, to, allowed, unknown }
    }
  }
}

export const classConnectivity = (
  world: PolicyWorld,
  endpoints: Iterable<readonly [string, Endpoint | Network]>,
): ClassConnectivity => {
  const { all, groups } = grouped(world, [...endpoints])
  const sets = connectionSets(world)
  const sides: Array<Side | 'itself' | undefined> = []
  const sideAt = (id: number): Side | 'itself' => {
    const group = groups[id]
    const side = sides[id] ?? (group && sets.sideOf(group.peer)) ?? 'itself'
    sides[id] = side
    return side
  }
  const rows: Array<Array<ConnectionSet | undefined>> = []
  const betweenPeers: SetOf = (from, to) => {
    const a = groups[from]
    const b = groups[to]
    if (a === undefined || b === undefined) return { allowed: [], unknown: [] }
    const row = rows[from] ?? []
    const set = row[to] ?? sets.between({ from: a.peer, to: b.peer })
    rows[from] = row
    row[to] = set
    return set
  }
  const between: SetOf = (from, to) => {
    const one = sideAt(from)
    const other = sideAt(to)
    return one === 'itself' || other === 'itself' ? betweenPeers(from, to) : betweenSides(one, other)
  }
  return {
    classes: groups.map(({ id, peer, members }) => ({
      id,
      isPod: peer.isPod,
      isNode: peer.endpoint._tag === 'Node',
      members: members.map(({ name, spans }) => ({
        name,
        ...(spans.length === 0 ? {} : { addresses: join(spans).map(printAddresses) }),
      })),
    })),
    between,
    explain: (from, to) => {
      const [a, b] = [groups[from], groups[to]]
      return a === undefined || b === undefined ? [] : explainPair(world, { from: a.peer, to: b.peer })
    },
    connections: () =>
      connectionsOf(
        groups.map(({ id, peer }) => ({ isInside: isInside(peer.endpoint), side: sideAt(id) })),
        betweenPeers,
      ),
    pairs: () => pairsOf(all, between),
  }
}
