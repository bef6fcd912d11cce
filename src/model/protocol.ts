import { anyOf, type Codec, literal, number } from './codec.js'

/** Protocols that have ports: the only ones a rule with `ports` may name. */
export type PortProtocol = 'TCP' | 'UDP' | 'SCTP'
export const portProtocols = ['TCP', 'UDP', 'SCTP'] as const satisfies ReadonlyArray<PortProtocol>

/** Protocols by name. Case matters. **Source**: `api/pkg/lib/numorstring/protocol.go`. */
export type ProtocolName = PortProtocol | 'ICMP' | 'ICMPv6' | 'UDPLite'

/** A protocol by name, or by its IP protocol number from 1 to 255. */
export type Protocol = ProtocolName | number
export const Protocol: Codec<Protocol> = anyOf(
  literal('TCP', 'UDP', 'ICMP', 'ICMPv6', 'SCTP', 'UDPLite'),
  number,
)
