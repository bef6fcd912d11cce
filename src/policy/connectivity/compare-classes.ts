import { parseAddresses, printAddresses } from '../../net/cidr.js'
import { covers, cut, type Interval, join } from '../../net/interval.js'
import type { ClassConnectivity, Member } from './class-connectivity.js'
import { type Change, type Difference, differencesOf } from './diff.js'
import type { ConnectionSet } from './traffic.js'

/** Traffic that fares otherwise between any of some endpoints and any of others. Names are sorted. */
export interface ClassChange extends Omit<Change, 'from' | 'to' | 'addresses'> {
  readonly from: ReadonlyArray<Member>
  readonly to: ReadonlyArray<Member>
}

/** Where an endpoint, or a piece of a network, is in one of the two. */
interface Place {
  readonly id: number
  readonly spans: ReadonlyArray<Interval<bigint>>
}

/** Endpoints that are alike before, and alike after; `undefined` for a class where they are not there. */
interface Group {
  readonly before: number | undefined
  readonly after: number | undefined
  readonly isPod: boolean
  readonly members: Map<string, Array<Interval<bigint>>>
}

const placesOf = ({ classes }: ClassConnectivity): ReadonlyMap<string, ReadonlyArray<Place>> => {
  const places = new Map<string, Array<Place>>()
  for (const { id, members } of classes)
    for (const { name, addresses = [] } of members) {
      const place = { id, spans: addresses.flatMap((text) => parseAddresses(text) ?? []) }
      const there = places.get(name)
      if (there === undefined) places.set(name, [place])
      else there.push(place)
    }
  return places
}

const idAt = (places: ReadonlyArray<Place>, piece: Interval<bigint> | undefined): number | undefined =>
  places.find(({ spans }) => piece === undefined || covers(spans, piece.from))?.id

const groupsOf = (before: ClassConnectivity, after: ClassConnectivity): ReadonlyArray<Group> => {
  const [was, is] = [placesOf(before), placesOf(after)]
  const pods = new Set(
    [before, after].flatMap(({ classes }) =>
      classes.flatMap(({ isPod, members }) => (isPod ? members.map(({ name }) => name) : [])),
    ),
  )
  const groups = new Map<string, Group>()
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    const [old, fresh] = [was.get(name) ?? [], is.get(name) ?? []]
    const marks = [...old, ...fresh].flatMap(({ spans }) => spans)
    for (const piece of marks.length === 0 ? [undefined] : cut(join(marks), marks)) {
      const [a, b] = [idAt(old, piece), idAt(fresh, piece)]
      const key = `${pods.has(name)} ${a} ${b}`
      const group = groups.get(key) ?? { before: a, after: b, isPod: pods.has(name), members: new Map() }
      groups.set(key, group)
      const spans = group.members.get(name) ?? []
      group.members.set(name, spans)
      if (piece !== undefined) spans.push(piece)
    }
  }
  return [...groups.values()]
}

const membersOf = (groups: ReadonlyArray<Group>): ReadonlyArray<Member> => {
  const spans = new Map<string, Array<Interval<bigint>>>()
  for (const { members } of groups)
    for (const [name, pieces] of members) spans.set(name, [...(spans.get(name) ?? []), ...pieces])
  return [...spans]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, pieces]) =>
      pieces.length === 0 ? { name } : { name, addresses: join(pieces).map(printAddresses) },
    )
}

const nothing: ConnectionSet = { allowed: [], unknown: [] }

const setOf = (whole: ClassConnectivity, from: number | undefined, to: number | undefined): ConnectionSet =>
  from === undefined || to === undefined ? nothing : whole.between(from, to)

/** The sources that have one difference, by the destinations that they have it with. */
interface Found {
  readonly difference: Difference
  readonly rows: Map<Group, Array<Group>>
}

const gathered = ({ difference, rows }: Found): ReadonlyArray<ClassChange> => {
  const alike = new Map<string, { readonly from: Array<Group>; readonly to: ReadonlyArray<Group> }>()
  for (const [from, to] of rows) {
    const key = to.map((it) => `${it.before}-${it.after}`).join()
    const there = alike.get(key) ?? { from: [], to }
    alike.set(key, there)
    there.from.push(from)
  }
  return [...alike.values()].map(({ from, to }) => ({
    from: membersOf(from),
    to: membersOf(to),
    ...difference,
  }))
}

/** What opens is said first. */
const places = { allowed: 0, unknown: 1, denied: 2 } as const

/**
 * What a change opens, closes and makes unknown, between whole classes of endpoints: it grows with what differs, and not
 * with pods squared. Nothing where both let through the same. What only one of them has lets nothing through in the other.
 *
 * @example
 * const pods = [{ _tag: 'Workload', namespace: 'shop', name: 'web' }]
 * const open = orThrow(compile({ pods }))
 * const closed = orThrow(open.with({ put: [networkPolicy('none', 'shop').denyIngress()] }))
 * compareClasses(open.connectivity(), closed.connectivity())
 * // => [{ from: [{ name: 'shop/web' }], to: [{ name: 'shop/web' }], before: 'allowed', after: 'denied', traffic: [{}] }]
 */
export const compareClasses = (
  before: ClassConnectivity,
  after: ClassConnectivity,
): ReadonlyArray<ClassChange> => {
  const groups = groupsOf(before, after)
  const differences = differencesOf()
  const keys = new Map<Difference, string>()
  const found = new Map<string, Found>()
  for (const from of groups)
    for (const to of groups) {
      if (!from.isPod && !to.isPod) continue
      const was = setOf(before, from.before, to.before)
      const is = setOf(after, from.after, to.after)
      if (was === is) continue
      for (const difference of differences(was, is)) {
        const key = keys.get(difference) ?? JSON.stringify(difference)
        keys.set(difference, key)
        const there = found.get(key) ?? { difference, rows: new Map() }
        found.set(key, there)
        const row = there.rows.get(from)
        if (row === undefined) there.rows.set(from, [to])
        else row.push(to)
      }
    }
  return [...found.values()].flatMap(gathered).sort((a, b) => places[a.after] - places[b.after])
}

/** Whether a change may let something through that was denied: what was denied and is unknown may. */
export const opens = ({ before, after }: Pick<Change, 'before' | 'after'>): boolean =>
  before === 'denied' || after === 'allowed'

/** Whether it may deny something that got through. */
export const closes = ({ before, after }: Pick<Change, 'before' | 'after'>): boolean =>
  after === 'denied' || before === 'allowed'
