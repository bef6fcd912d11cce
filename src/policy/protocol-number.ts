import type { Protocol, ProtocolName } from '../model/protocol.js'

const numbers: Readonly<Record<ProtocolName, number>> = {
  TCP: 6,
  UDP: 17,
  SCTP: 132,
  ICMP: 1,
  ICMPv6: 58,
  UDPLite: 136,
}

export const protocolNumber = (protocol: Protocol): number =>
  typeof protocol === 'number' ? protocol : numbers[protocol]

const names = new Map<number, Protocol>(
  Object.entries(numbers).map(([name, number]) => [number, name as ProtocolName]),
)

/** By its name, where Calico has one. */
export const protocolNamed = (number: number): Protocol => names.get(number) ?? number

/** Those that have a name, the usual ones first. */
export const namedProtocols: ReadonlyArray<number> = Object.values(numbers)
