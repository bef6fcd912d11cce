import { printAddresses } from '../../net/cidr.js'
import { type Interval, join } from '../../net/interval.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import type { Endpoint, Network } from '../world/flow.js'
import { type Group, grouped, isInside, type Named } from './peer-group.js'
import {
  type ConnectionSets,
  connectionSets,
  type ExplainedTraffic,
  explainPair,
  sideOfPeer,
} from './peer-pair.js'
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

/** What gets through between groups, each worked out once. */
interface GroupTable {
  readonly groups: ReadonlyArray<Group>
  readonly sets: ConnectionSets
  readonly sides: Array<Side | 'itself' | undefined>
  readonly rows: Array<Array<ConnectionSet | undefined> | undefined>
}

const sideAt = ({ groups, sets, sides }: GroupTable, id: number): Side | 'itself' => {
  const there = sides[id]
  if (there !== undefined) return there
  const group = groups[id]
  const side = (group && sideOfPeer(sets, group.peer)) ?? 'itself'
  sides[id] = side
  return side
}

const betweenPeers = ({ groups, sets, rows }: GroupTable, from: number, to: number): ConnectionSet => {
  const a = groups[from]
  const b = groups[to]
  if (a === undefined || b === undefined) return { allowed: [], unknown: [] }
  const row = rows[from] ?? []
  const set = row[to] ?? sets.between({ from: a.peer, to: b.peer })
  rows[from] = row
  row[to] = set
  return set
}

const betweenGroups = (table: GroupTable, from: number, to: number): ConnectionSet => {
  const one = sideAt(table, from)
  const other = sideAt(table, to)
  return one === 'itself' || other === 'itself' ? betweenPeers(table, from, to) : betweenSides(one, other)
}

const endsOf = (table: GroupTable): ReadonlyArray<ClassEnd> => {
  const ends: Array<ClassEnd> = []
  for (const { id, peer } of table.groups)
    ends.push({ isInside: isInside(peer.endpoint), side: sideAt(table, id) })
  return ends
}

function* connectionsOf(table: GroupTable): Generator<ClassConnection> {
  const ends = endsOf(table)
  for (let from = 0; from < ends.length; from++) {
    const one = ends[from]
    if (one === undefined) continue
    for (let to = 0; to < ends.length; to++) {
      const other = ends[to]
      if (other === undefined || !(one.isInside || other.isInside)) continue
      const { allowed, unknown } =
        one.side === 'itself' || other.side === 'itself'
          ? betweenPeers(table, from, to)
          : betweenSides(one.side, other.side)
      yield { from, to, allowed, unknown }
    }
  }
}

const memberOf = ({ name, spans }: Group['members'][number]): Member =>
  spans.length === 0 ? { name } : { name, addresses: join(spans).map(printAddresses) }

const peerGroup = ({ id, peer, members }: Group): PeerGroup => ({
  id,
  isPod: peer.isPod,
  isNode: peer.endpoint._tag === 'Node',
  members: members.map(memberOf),
})

export const classConnectivity = (
  world: PolicyWorld,
  endpoints: Iterable<readonly [string, Endpoint | Network]>,
): ClassConnectivity => {
  const { all, groups } = grouped(world, [...endpoints])
  const table: GroupTable = { groups, sets: connectionSets(world), sides: [], rows: [] }
  return {
    classes: groups.map(peerGroup),
    between: (from, to) => betweenGroups(table, from, to),
    explain: (from, to) => {
      const [a, b] = [groups[from], groups[to]]
      return a === undefined || b === undefined ? [] : explainPair(world, { from: a.peer, to: b.peer })
    },
    connections: () => connectionsOf(table),
    pairs: () => pairsOf(all, (from, to) => betweenGroups(table, from, to)),
  }
}
