import { networkInterval } from '../../net/cidr.js'
import type { Interval } from '../../net/interval.js'

/** A network's place in the table. */
export type NetId = number

/** Each network once, found by an address in it. */
export interface NetTable {
  /** `undefined` for what is no network. */
  readonly intern: (text: string) => NetId | undefined
  readonly intervalOf: (id: NetId) => Interval<bigint>
  readonly containing: (address: bigint) => ReadonlyArray<NetId>
}

/** How many bits of an address a network leaves open. */
const openBits = ({ from, until }: Interval<bigint>): bigint => BigInt((until - from).toString(2).length - 1)

export const netTable = (): NetTable => {
  const ids = new Map<string, NetId | undefined>()
  const intervals: Array<Interval<bigint>> = []
  /** By the bits that are left open: those that are fixed, as a number. */
  const bySize = new Map<bigint, Map<bigint, NetId>>()
  const add = (interval: Interval<bigint>): NetId => {
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
  return {
    intern: (text) => {
      if (ids.has(text)) return ids.get(text)
      const interval = networkInterval(text)
      const id = interval && add(interval)
      ids.set(text, id)
      return id
    },
    intervalOf: (id) => intervals[id] ?? { from: 0n, until: 0n },
    containing: (address) => {
      const found: Array<NetId> = []
      for (const [bits, those] of bySize) {
        const id = those.get(address >> bits)
        if (id !== undefined) found.push(id)
      }
      return found
    },
  }
}
