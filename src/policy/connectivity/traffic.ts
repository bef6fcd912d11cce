import type { Protocol } from '../../model/policy/protocol.js'
import type { Interval } from '../../net/interval.js'
import { type NumberRange, parseRange } from '../../net/port-range.js'
import { protocolNumber, protocolsWithPorts, protocolsWithTypes } from '../../net/protocol-number.js'
import type { Packet } from '../world/flow.js'

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
  readonly ports?: ReadonlyArray<NumberRange>
  /** Where not every port of the source will do. */
  readonly sourcePorts?: ReadonlyArray<NumberRange>
  readonly types?: ReadonlyArray<NumberRange>
  readonly codes?: ReadonlyArray<NumberRange>
}

type Field = 'ports' | 'sourcePorts' | 'types' | 'codes'

/** What tells the packets of a protocol apart: two numbers, from the whole of their axis. */
export interface Axes {
  readonly fields: readonly [Field, Field]
  readonly whole: Interval
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
  ...protocolsWithPorts.map((number) => [number, portAxes] as const),
  ...protocolsWithTypes.map((number) => [number, icmpAxes] as const),
])

export const axesOf = (protocol: number): Axes => axes.get(protocol) ?? noAxes

/** Whether the traffic has some of the protocol. */
export const hasProtocol = ({ protocol, notProtocols = [] }: Traffic, number: number): boolean =>
  (protocol === undefined || protocolNumber(protocol) === number) &&
  notProtocols.every((not) => protocolNumber(not) !== number)

/** Traffic of one protocol as spans on its axes. */
export const intervalsOf = (
  traffic: Traffic,
  { fields, whole }: Axes,
): readonly [ReadonlyArray<Interval>, ReadonlyArray<Interval>] => {
  const [first, second] = fields
  return [traffic[first]?.map(parseRange) ?? [whole], traffic[second]?.map(parseRange) ?? [whole]]
}

/** What gets through from one endpoint to another. What is in neither list is denied. */
export interface Connection {
  readonly from: string
  readonly to: string
  /** The part of a `Network` that this is about, where not all of it fares alike: CIDRs, or `first-last`. */
  readonly addresses?: ReadonlyArray<string>
  readonly allowed: ReadonlyArray<Traffic>
  /** What hangs on what is not given: endpoints of services, HTTP, addresses and ports of pods. */
  readonly unknown: ReadonlyArray<Traffic>
}

/** For each pair its connection, or several with `addresses`. Plain data, the same for policies that do the same. */
export type Connectivity = ReadonlyArray<Connection>

/** The traffic that gets through, and that of which nobody can say. */
export type ConnectionSet = Pick<Connection, 'allowed' | 'unknown'>
