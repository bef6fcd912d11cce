import { parseAddresses, printAddresses } from '../../net/cidr.js'
import { common, type Interval, join, without } from '../../net/interval.js'
import type { ClassConnectivity, Member } from './class-connectivity.js'
import { comparison, type Difference, nothing } from './diff.js'
import type { ConnectionSet } from './traffic.js'

/** Traffic from any of some endpoints to any of others that fares otherwise than before. */
export interface ClassChange extends Difference {
  readonly from: ReadonlyArray<Member>
  readonly to: ReadonlyArray<Member>
}

type Spans = ReadonlyArray<Interval<bigint>>

/** An endpoint in one state: its classes, each with its part of a network's addresses. */
interface Parts {
  readonly name: string
  readonly parts: ReadonlyArray<{ readonly id: number; readonly spans: Spans | undefined }>
}

const partsByName = ({ classes }: ClassConnectivity): ReadonlyMap<string, Parts> => {
  const found = new Map<string, { name: string; parts: Array<Parts['parts'][number]> }>()
  for (const { id, members } of classes) {
    for (const { name, addresses } of members) {
      // A network and a pod are two things, even of one name.
      const key = `${addresses === undefined ? 'one' : 'many'} ${name}`
      const part = { id, spans: addresses?.flatMap((text) => parseAddresses(text) ?? []) }
      const there = found.get(key)
      if (there === undefined) found.set(key, { name, parts: [part] })
      else there.parts.push(part)
    }
  }
  return found
}

/** Endpoints that nothing tells apart in either state. `undefined` for the state that does not have them. */
interface Joint {
  readonly was: number | undefined
  readonly is: number | undefined
  /** Whether it is of the cluster: pods, or nodes. */
  readonly isInside: boolean
  readonly members: Array<Member>
}

/** The classes of both states that an endpoint is in at once, part by part. */
const jointParts = (was: Parts['parts'], is: Parts['parts']) => {
  const all = (parts: Parts['parts']): Spans => parts.flatMap(({ spans = [] }) => spans)
  const inOne = (parts: Parts['parts'], others: Parts['parts']) =>
    others.length === 0
      ? parts
      : parts.map(({ id, spans = [] }) => ({ id, spans: without(spans, all(others)) }))
  const inBoth = was.flatMap((a) =>
    is.map((b) => ({ was: a.id, is: b.id, spans: a.spans && b.spans && common(a.spans, b.spans) })),
  )
  const [first] = inBoth
  // What is no network is in one class of each.
  if (first !== undefined && first.spans === undefined) return [first]
  return [
    ...inBoth,
    ...inOne(was, is).map(({ id, spans }) => ({ was: id, is: undefined, spans })),
    ...inOne(is, was).map(({ id, spans }) => ({ was: undefined, is: id, spans })),
  ].filter(({ spans }) => spans === undefined || spans.length > 0)
}

const jointClasses = (before: ClassConnectivity, after: ClassConnectivity): ReadonlyArray<Joint> => {
  const [old, fresh] = [partsByName(before), partsByName(after)]
  const found = new Map<string, Joint>()
  for (const key of new Set([...old.keys(), ...fresh.keys()])) {
    const [a, b] = [old.get(key), fresh.get(key)]
    const name = a?.name ?? b?.name ?? ''
    for (const { was, is, spans } of jointParts(a?.parts ?? [], b?.parts ?? [])) {
      const classes = `${was} ${is}`
      const ofEither = [
        was === undefined ? [] : before.classes[was],
        is === undefined ? [] : after.classes[is],
      ]
      const isInside = ofEither.flatMap((it) => it ?? []).some((it) => it.isPod || it.isNode)
      const joint = found.get(classes) ?? { was, is, isInside, members: [] }
      found.set(classes, joint)
      joint.members.push({
        name,
        ...(spans === undefined ? {} : { addresses: join(spans).map(printAddresses) }),
      })
    }
  }
  return [...found.values()]
}

/** What differs for each class that something is sent to, as one text for all that differ alike. */
const rowOf = (
  from: Joint,
  all: ReadonlyArray<Joint>,
  differencesTo: (from: Joint, to: Joint) => ReadonlyArray<Difference>,
): ReadonlyMap<Difference, ReadonlyArray<number>> => {
  const row = new Map<Difference, Array<number>>()
  all.forEach((to, place) => {
    if (!from.isInside && !to.isInside) return
    for (const difference of differencesTo(from, to)) {
      const targets = row.get(difference)
      if (targets === undefined) row.set(difference, [place])
      else targets.push(place)
    }
  })
  return row
}

/** What opens goes first; what is new or gone comes after all that was there and stays. */
const places = { allowed: 0, unknown: 1, denied: 2 } as const
const placeOf = ({ after, only }: Difference): number => places[after] + (only === undefined ? 0 : 3)

/** The state that alone has both ends. */
const onlyIn = (from: Joint, to: Joint): Difference['only'] =>
  from.was === undefined || to.was === undefined
    ? 'after'
    : from.is === undefined || to.is === undefined
      ? 'before'
      : undefined

/** The same difference as one of that state: one value for each, as `comparison` makes them. */
const inOneState = (only: 'before' | 'after') => {
  const known = new Map<Difference, Difference>()
  return (difference: Difference): Difference => {
    const there = known.get(difference) ?? { ...difference, only }
    known.set(difference, there)
    return there
  }
}

/** What opens, closes or is no longer known between classes; those that fare alike are put together. */
export const compareClasses = (
  before: ClassConnectivity,
  after: ClassConnectivity,
): ReadonlyArray<ClassChange> => {
  const compare = comparison()
  const all = jointClasses(before, after)
  const setOf = (whole: ClassConnectivity, a: number | undefined, b: number | undefined): ConnectionSet =>
    a === undefined || b === undefined ? nothing : whole.between(a, b)
  const inOne = { before: inOneState('before'), after: inOneState('after') }
  const differencesTo = (from: Joint, to: Joint): ReadonlyArray<Difference> => {
    const found = compare(setOf(before, from.was, to.was), setOf(after, from.is, to.is))
    const only = onlyIn(from, to)
    return only === undefined ? found : found.map(inOne[only])
  }
  const found = new Map<Difference, Map<string, { from: Array<Member>; to: ReadonlyArray<number> }>>()
  for (const joint of all) {
    for (const [difference, to] of rowOf(joint, all, differencesTo)) {
      const alike = found.get(difference) ?? new Map()
      found.set(difference, alike)
      const there = alike.get(to.join())
      if (there === undefined) alike.set(to.join(), { from: [...joint.members], to })
      else there.from.push(...joint.members)
    }
  }
  const inOrder = [...found].sort(([a], [b]) => placeOf(a) - placeOf(b))
  return inOrder.flatMap(([difference, alike]) =>
    [...alike.values()].map(({ from, to }) => ({
      from,
      to: to.flatMap((place) => all[place]?.members ?? []),
      ...difference,
    })),
  )
}
