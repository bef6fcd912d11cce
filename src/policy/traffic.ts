import type { Protocol } from '../model/protocol.js'
import type { Packet } from './flow.js'
import { protocolNumber } from './protocol-number.js'
import type { Span } from './span.js'

/** A number, or the first and the last of some in a row: `'8000:8999'`, as Calico writes ports. */
export type Numbers = number | `${number}:${number}`

/**
 * Some traffic, in the words of a rule: what is left out may be anything, so `{}` is all there is.
 *
 * **Shape**: `ports` and `sourcePorts` (1 to 65535) with the protocols that have ports, `types` and `codes` (0 to 255)
 * with ICMP and ICMPv6; `notProtocols` alone.
 */
export interface Traffic {
  readonly protocol?: Protocol
  /** All protocols but these. */
  readonly notProtocols?: ReadonlyArray<Protocol>
  /** The destination's. */
  readonly ports?: ReadonlyArray<Numbers>
  /** Where not every port of the source will do. */
  readonly sourcePorts?: ReadonlyArray<Numbers>
  readonly types?: ReadonlyArray<Numbers>
  readonly codes?: ReadonlyArray<Numbers>
}

type Field = 'ports' | 'sourcePorts' | 'types' | 'codes'

/** What tells the packets of a protocol apart: two numbers, from the whole of their axis. */
export interface Axes {
  readonly fields: readonly [Field, Field]
  readonly whole: Span
  readonly packet: (first: number, second: number) => Omit<Packet, 'protocol'>
}

const portAxes: Axes = {
  fields: ['ports', 'sourcePorts'],
  whole: { from: 1, until: 65536 },
  packet: (port, sourcePort) => ({ port, sourcePort }),
}

const icmpAxes: Axes = {
  fields: ['types', 'codes'],
  whole: { from: 0, until: 256 },
  packet: (type, code) => ({ icmp: { type, code } }),
}

/** Its packets are all alike to Calico. */
const noAxes: Axes = { fields: ['ports', 'sourcePorts'], whole: { from: 0, until: 1 }, packet: () => ({}) }

const axes = new Map<number, Axes>([
  ...(['TCP', 'UDP', 'SCTP', 'UDPLite'] as const).map((name) => [protocolNumber(name), portAxes] as const),
  ...(['ICMP', 'ICMPv6'] as const).map((name) => [protocolNumber(name), icmpAxes] as const),
])

export const axesOf = (protocol: number): Axes => axes.get(protocol) ?? noAxes

export const toNumbers = ({ from, until }: Span): Numbers =>
  until - from === 1 ? from : `${from}:${until - 1}`

export const toSpan = (numbers: Numbers): Span => {
  const [first = 0, last = first] = `${numbers}`.split(':').map(Number)
  return { from: first, until: last + 1 }
}

/** Whether the traffic has some of the protocol. */
export const hasProtocol = ({ protocol, notProtocols = [] }: Traffic, number: number): boolean =>
  (protocol === undefined || protocolNumber(protocol) === number) &&
  notProtocols.every((not) => protocolNumber(not) !== number)

/** Traffic of one protocol as spans on its axes. */
export const spansOf = (
  traffic: Traffic,
  { fields, whole }: Axes,
): readonly [ReadonlyArray<Span>, ReadonlyArray<Span>] => {
  const [first, second] = fields
  return [traffic[first]?.map(toSpan) ?? [whole], traffic[second]?.map(toSpan) ?? [whole]]
}
