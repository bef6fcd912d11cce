import type { Interval } from './interval.js'
import {
  family,
  firstAddress,
  type Network,
  parseAddress,
  parseNetwork,
  printAddress,
  type Words,
} from './ip-address.js'

/** All addresses lie on one axis: those of IPv4 first, those of IPv6 from here on. */
const firstOf6 = 1n << 128n

/** The two words of an IPv4 address, or the eight of one of IPv6, as a number. */
const numberOf = (words: Words): bigint =>
  family(words) === 4
    ? BigInt((words[6] ?? 0) * 0x1_0000 + (words[7] ?? 0))
    : words.reduce((value, word) => (value << 16n) | BigInt(word), 1n)

/** Where the address lies on the axis of all addresses. As Go reads it: no leading zeros, no zone. */
export const addressValue = (ip: string): bigint | undefined => {
  const words = parseAddress(ip)
  return words && numberOf(words)
}

export const familyAt = (value: bigint): 4 | 6 => (value < firstOf6 ? 4 : 6)

const single = (words: Words): Network => ({ words, fixed: 128 })

/** The addresses of a network: a CIDR as Go reads it, or an address for itself. */
export const networkInterval = (text: string): Interval<bigint> | undefined => {
  const address = text.includes('/') ? undefined : parseAddress(text)
  const network = address === undefined ? parseNetwork(text) : single(address)
  if (network === undefined) return undefined
  const from = numberOf(firstAddress(network))
  return { from, until: from + (1n << BigInt(128 - network.fixed)) }
}

const wordsOf = (value: bigint): Words => {
  const is4 = familyAt(value) === 4
  const count = is4 ? 2 : 8
  const words = Array.from({ length: count }, (_, i) =>
    Number((value >> BigInt(16 * (count - 1 - i))) & 0xffffn),
  )
  return is4 ? [0, 0, 0, 0, 0, 0xffff, ...words] : words
}

/** The address as Go prints it. */
export const printAddressValue = (value: bigint): string => printAddress(wordsOf(value))

/** A CIDR where the addresses fill one, an address, or the first and the last: `10.0.0.0-10.0.0.2`. */
export const printAddresses = ({ from, until }: Interval<bigint>): string => {
  const first = printAddressValue(from)
  if (until - from === 1n) return first
  for (let bits = familyAt(from) === 4 ? 32 : 128; bits >= 0; bits--) {
    const network = networkInterval(`${first}/${bits}`)
    if (network?.from !== from) break
    if (network.until === until) return `${first}/${bits}`
  }
  return `${first}-${printAddressValue(until - 1n)}`
}

export const parseAddresses = (text: string): Interval<bigint> | undefined => {
  const [first = '', last = ''] = text.split('-')
  const [from, to] = [networkInterval(first), networkInterval(last)]
  return to === undefined ? from : from && { from: from.from, until: to.until }
}
