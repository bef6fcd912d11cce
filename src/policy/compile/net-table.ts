import { networkInterval } from '../../net/cidr.js'
import type { Interval } from '../../net/interval.js'

/** A network's place in the table. */
export type NetId = number

/** Each network once, found by an address in it. */
export interface NetTable {
  /** `undefined` for what is no network. */
  readonly ids: Map<string, NetId | undefined>
  readonly intervals: Array<Interval<bigint>>
  /** By the bits that are left open: those that are fixed, as a number. */
  readonly bySize: Map<bigint, Map<bigint, NetId>>
}

export const netTable = (): NetTable => ({ ids: new Map(), intervals: [], bySize: new Map() })

/** How many bits of an address a network leaves open. */
const openBits = ({ from, until }: Interval<bigint>): bigint => BigInt((until - from).toString(2).length - 1)

const add = ({ intervals, bySize }: NetTable, interval: Interval<bigint>): NetId => {
  const bits = openBits(interval)
  const those = bySize.get(bits) ?? new Map<bigint, NetId>()
  bySize.set(bits, those)
  const fixed = interval.from >> bits
  const id = those.get(fixed) ?? intervals.length
  if (id === intervals.length) {
    those.set(fixed, id)
    intervals.push(interval)
  }
  return id
}

/** `undefined` for what is no network. */
export const internNet = (table: NetTable, text: string): NetId | undefined => {
  const { ids } = table
  const there = ids.get(text)
  if (there !== undefined || ids.has(text)) return there
  const interval = networkInterval(text)
  const id = interval && add(table, interval)
  ids.set(text, id)
  return id
}

export const intervalOf = ({ intervals }: NetTable, id: NetId): Interval<bigint> =>
  intervals[id] ?? { from: 0n, until: 0n }

const none: ReadonlyArray<NetId> = []

export const netsContaining = ({ bySize }: NetTable, address: bigint): ReadonlyArray<NetId> => {
  let found: Array<NetId> | undefined
  for (const [bits, those] of bySize) {
    const id = those.get(address >> bits)
    if (id === undefined) continue
    if (found === undefined) found = [id]
    else found.push(id)
  }
  return found ?? none
}
