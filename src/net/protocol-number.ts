/** Those that have a name in Calico, the usual ones first. */
const numbers = {
  TCP: 6,
  UDP: 17,
  SCTP: 132,
  ICMP: 1,
  ICMPv6: 58,
  UDPLite: 136,
} as const

type Name = keyof typeof numbers

/** The number that stands in the IP header. */
export const protocolNumber = (protocol: Name | number): number =>
  typeof protocol === 'number' ? protocol : numbers[protocol]

const names = new Map<number, Name>(Object.entries(numbers).map(([name, number]) => [number, name as Name]))

/** By its name, where Calico has one. */
export const protocolNamed = (number: number): Name | number => names.get(number) ?? number

/** Those whose packets have ports, by number. */
export const protocolsWithPorts: ReadonlyArray<number> = (['TCP', 'UDP', 'SCTP', 'UDPLite'] as const).map(
  protocolNumber,
)

/** Those whose packets have a type and a code, by number. */
export const protocolsWithTypes: ReadonlyArray<number> = (['ICMP', 'ICMPv6'] as const).map(protocolNumber)

export const namedProtocols: ReadonlyArray<number> = Object.values(numbers)
