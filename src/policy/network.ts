import ipaddr from 'ipaddr.js'
import type { Span } from './span.js'

type Parsed = ipaddr.IPv4 | ipaddr.IPv6

/** All addresses lie on one axis: those of IPv4 first, those of IPv6 from here on. */
const firstOf6 = 1n << 128n

const parse = (ip: string): Parsed | undefined => (ipaddr.isValid(ip) ? ipaddr.process(ip) : undefined)

const placeOf = (address: Parsed): bigint =>
  address
    .toByteArray()
    .reduce((place, byte) => place * 256n + BigInt(byte), address.kind() === 'ipv4' ? 0n : 1n)

/** Where the address lies on the axis of all addresses. */
export const addressPlace = (ip: string): bigint | undefined => {
  const address = parse(ip)
  return address && placeOf(address)
}

export const familyAt = (place: bigint): 4 | 6 => (place < firstOf6 ? 4 : 6)

/** The addresses of a network: a CIDR, or an address for itself. */
export const networkSpan = (network: string): Span<bigint> | undefined => {
  const [base = '', length] = network.split('/')
  const prefix = parse(base)
  if (prefix === undefined) return undefined
  const width = prefix.kind() === 'ipv4' ? 32 : 128
  // An IPv4 address that is written as one of IPv6 has its length counted from there.
  const bits = length === undefined ? width : Number(length) - (width === 32 && base.includes(':') ? 96 : 0)
  if (!Number.isInteger(bits) || bits < 0 || bits > width) return undefined
  const size = 1n << BigInt(width - bits)
  const from = (placeOf(prefix) / size) * size
  return { from, until: from + size }
}

export const placeText = (place: bigint): string => {
  const digits = familyAt(place) === 4 ? 4 : 16
  const bytes = Array.from({ length: digits }, (_, i) =>
    Number((place >> BigInt(8 * (digits - 1 - i))) & 255n),
  )
  return ipaddr.fromByteArray(bytes).toString()
}

/** A CIDR where the addresses are one, an address, or the first and the last: `10.0.0.0-10.0.0.2`. */
export const printAddresses = ({ from, until }: Span<bigint>): string => {
  const first = placeText(from)
  if (until - from === 1n) return first
  for (let bits = familyAt(from) === 4 ? 32 : 128; bits >= 0; bits--) {
    const span = networkSpan(`${first}/${bits}`)
    if (span?.from !== from) break
    if (span.until === until) return `${first}/${bits}`
  }
  return `${first}-${placeText(until - 1n)}`
}

export const parseAddresses = (text: string): Span<bigint> | undefined => {
  const [first = '', last = ''] = text.split('-')
  const [from, to] = [networkSpan(first), networkSpan(last)]
  return to === undefined ? from : from && { from: from.from, until: to.until }
}
