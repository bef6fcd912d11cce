import { closest } from '../codec/closest.js'
import { type Codec, notation } from '../codec/codec.js'

/** Protocols that have ports: the only ones a rule with `ports` may name. */
export type PortProtocol = 'TCP' | 'UDP' | 'SCTP'
const portProtocols = ['TCP', 'UDP', 'SCTP'] as const satisfies ReadonlyArray<PortProtocol>

/** Protocols by name. Case matters. **Source**: `api/pkg/lib/numorstring/protocol.go`. */
export type ProtocolName = PortProtocol | 'ICMP' | 'ICMPv6' | 'UDPLite'

/** A protocol by name, or by its IP protocol number from 1 to 255. `decode` also takes the number as text. */
export type Protocol = ProtocolName | number

const names: ReadonlyArray<ProtocolName> = [...portProtocols, 'ICMP', 'ICMPv6', 'UDPLite']
const largest = 255

const isProtocol = (value: unknown): value is Protocol =>
  typeof value === 'number'
    ? Number.isInteger(value) && value >= 0 && value <= largest
    : typeof value === 'string' && (names as ReadonlyArray<string>).includes(value)

/** The protocol that a text names in any case, or by its number: what Calico makes of Kubernetes' own. */
export const protocolOf = (text: string): Protocol | undefined => {
  if (/^\d+$/.test(text)) return Number(text) <= largest ? Number(text) : undefined
  return names.find((name) => name.toLowerCase() === text.toLowerCase())
}

/** 0 is a protocol here: that Calico has no use for it is for `check` to say. */
export const Protocol: Codec<Protocol> = notation({
  name: 'a protocol',
  json: 'integer-or-string',
  is: isProtocol,
  read: (value) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined
    return isProtocol(number) ? number : undefined
  },
  hint: (value) => {
    const meant = typeof value === 'string' ? closest(value, names) : undefined
    return meant === undefined
      ? `one of ${names.join(', ')}, or a number from 1 to ${largest}`
      : `did you mean ${JSON.stringify(meant)}?`
  },
})
