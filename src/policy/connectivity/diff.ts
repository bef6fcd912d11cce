import { parseAddresses, printAddresses } from '../../net/cidr.js'
import { covers, cut, type Interval, join } from '../../net/interval.js'
import { protocolNumber } from '../../net/protocol-number.js'
import type { Decision } from '../evaluate/reason.js'
import { type Inquiry, partition } from './partition.js'
import {
  axesOf,
  type Connection,
  type ConnectionSet,
  type Connectivity,
  hasProtocol,
  intervalsOf,
  type Traffic,
} from './traffic.js'

/** What the lists say of the packets of a protocol. */
const decisions = (set: ConnectionSet, protocol: number): Inquiry<Decision> => {
  const areas = (['allowed', 'unknown'] as const).flatMap((decision) =>
    set[decision]
      .filter((traffic) => hasProtocol(traffic, protocol))
      .map((traffic) => ({ decision, spans: intervalsOf(traffic, axesOf(protocol)) })),
  )
  return {
    breakpoints: [areas.flatMap(({ spans }) => spans[0]), areas.flatMap(({ spans }) => spans[1])],
    ask: (first, second) =>
      areas.find(({ spans }) => covers(spans[0], first) && covers(spans[1], second))?.decision ?? 'denied',
  }
}

/** Traffic between two endpoints that fares otherwise: it may open where it was denied before, or is allowed after. */
export interface Change {
  readonly from: string
  readonly to: string
  /** As in a `Connection`. */
  readonly addresses?: ReadonlyArray<string>
  readonly before: Decision
  readonly after: Decision
  /** Where one of the two ends is there before alone, or after alone: without it nothing gets through, and nothing is denied. */
  readonly only?: 'before' | 'after'
  readonly traffic: ReadonlyArray<Traffic>
}

export type Difference = Pick<Change, 'before' | 'after' | 'only' | 'traffic'>

export const nothing: ConnectionSet = { allowed: [], unknown: [] }

const differences = (before: ConnectionSet, after: ConnectionSet): ReadonlyArray<Difference> => {
  const lists = [before, after].flatMap(({ allowed, unknown }) => [...allowed, ...unknown])
  const mentioned = lists.flatMap(({ protocol, notProtocols = [] }) => [protocol ?? [], notProtocols].flat())
  const divided = partition<`${Decision} ${Decision}`>(mentioned.map(protocolNumber), (protocol) => {
    const [was, is] = [decisions(before, protocol), decisions(after, protocol)]
    return {
      breakpoints: [
        [...was.breakpoints[0], ...is.breakpoints[0]],
        [...was.breakpoints[1], ...is.breakpoints[1]],
      ],
      ask: (first, second) => `${was.ask(first, second)} ${is.ask(first, second)}`,
    }
  })
  const order: ReadonlyArray<Decision> = ['allowed', 'unknown', 'denied']
  return order.flatMap((to) =>
    order.flatMap((from) => {
      const traffic = from === to ? undefined : divided.get(`${from} ${to}`)
      return traffic === undefined ? [] : [{ before: from, after: to, traffic }]
    }),
  )
}

/** Asked once for each two that differ; lists that are one value, as `connectivity` makes them, are read once. */
const comparedByText = (): typeof differences => {
  const texts = new WeakMap<object, string>()
  const textOf = (list: ReadonlyArray<Traffic>): string => {
    const text = texts.get(list) ?? JSON.stringify(list)
    texts.set(list, text)
    return text
  }
  const known = new Map<string, ReadonlyArray<Difference>>()
  return (before, after) => {
    const [was, is] = [before, after].map(({ allowed, unknown }) => textOf(allowed) + textOf(unknown))
    if (was === is) return []
    const key = `${was} ${is}`
    const found = known.get(key) ?? differences(before, after)
    known.set(key, found)
    return found
  }
}

/** The same for sets of which each is one value wherever it stands, as in a map by classes: two of them are looked at once. */
export const comparison = (): typeof differences => {
  const compare = comparedByText()
  const rows = new Map<ConnectionSet, Map<ConnectionSet, ReadonlyArray<Difference>>>()
  return (before, after) => {
    const row = rows.get(before) ?? new Map<ConnectionSet, ReadonlyArray<Difference>>()
    if (row.size === 0) rows.set(before, row)
    const found = row.get(after) ?? compare(before, after)
    row.set(after, found)
    return found
  }
}

/** The connection of each piece of a network's addresses, or the one of all there is. */
const inPieces = (connections: ReadonlyArray<Connection>) => {
  const parts = connections.map(({ addresses, ...through }) => ({
    through,
    spans: addresses?.flatMap((text) => parseAddresses(text) ?? []),
  }))
  return {
    marks: parts.flatMap(({ spans = [] }) => spans),
    at: (piece: Interval<bigint> | undefined): ConnectionSet =>
      parts.find(({ spans }) => spans === undefined || piece === undefined || covers(spans, piece.from))
        ?.through ?? nothing,
  }
}

const changesOf = ({ from, to, before, after }: Pair, compare: typeof differences): ReadonlyArray<Change> => {
  const [was, is] = [inPieces(before), inPieces(after)]
  const marks = [...was.marks, ...is.marks]
  const pieces = marks.length === 0 ? [undefined] : cut(join(marks), marks)
  const found = new Map<
    string,
    { readonly difference: Difference; readonly spans: Array<Interval<bigint>> }
  >()
  for (const piece of pieces) {
    for (const difference of compare(was.at(piece), is.at(piece))) {
      const key = JSON.stringify(difference)
      const spans = [...(found.get(key)?.spans ?? []), ...[piece ?? []].flat()]
      found.set(key, { difference, spans })
    }
  }
  const only = before.length === 0 ? 'after' : after.length === 0 ? 'before' : undefined
  return [...found.values()].map(({ difference, spans }) => ({
    from,
    to,
    ...(only === undefined ? {} : { only }),
    ...(spans.length === pieces.filter((piece) => piece !== undefined).length
      ? {}
      : { addresses: join(spans).map(printAddresses) }),
    ...difference,
  }))
}

/** What changes between pairs of endpoints, each on its own. */
export const comparePairs = (before: Connectivity, after: Connectivity): ReadonlyArray<Change> => {
  const compare = comparedByText()
  const changes: Array<Change> = []
  for (const pair of pairsOf(before, after)) changes.push(...changesOf(pair, compare))
  return changes
}

/** The connections from one endpoint to another, in two states. */
export interface Pair {
  readonly from: string
  readonly to: string
  readonly before: ReadonlyArray<Connection>
  readonly after: ReadonlyArray<Connection>
}

type Rows = Map<string, Map<string, Array<Connection>>>

const rowsOf = (connectivity: Connectivity): Rows => {
  const rows: Rows = new Map()
  for (const connection of connectivity) {
    const row = rows.get(connection.from) ?? new Map<string, Array<Connection>>()
    rows.set(connection.from, row)
    const cell = row.get(connection.to)
    if (cell === undefined) row.set(connection.to, [connection])
    else cell.push(connection)
  }
  return rows
}

/** The pairs of both, those of the first one first. */
function* pairsOf(before: Connectivity, after: Connectivity): Generator<Pair> {
  const [was, is] = [rowsOf(before), rowsOf(after)]
  for (const from of new Set([...was.keys(), ...is.keys()])) {
    const [old, fresh] = [was.get(from), is.get(from)]
    for (const to of new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])]))
      yield { from, to, before: old?.get(to) ?? [], after: fresh?.get(to) ?? [] }
  }
}
