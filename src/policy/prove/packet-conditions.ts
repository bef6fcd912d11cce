import type { ICMPFields, Rule } from '../../model/policy/rule.js'
import { addressValue } from '../../net/cidr.js'
import type { Interval } from '../../net/interval.js'
import { protocolsWithPorts, protocolsWithTypes } from '../../net/protocol-number.js'
import { namedPortsAt } from '../compile/end-holds.js'
import type { PacketTest, PortTest } from '../compile/packet-test.js'
import type { NamedPortTest } from '../compile/test-table.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import {
  allOf,
  anyOf,
  byAddress,
  byNumber,
  byPortName,
  type Condition,
  constant,
  negated,
} from './condition.js'
import type { EndConditions } from './end-conditions.js'
import type { Side } from './flow-state.js'

const only = (value: number): ReadonlyArray<Interval> => [{ from: value, until: value + 1 }]

const isProtocol = (...numbers: ReadonlyArray<number>): Condition =>
  byNumber('protocol', numbers.flatMap(only))

const hasPorts = isProtocol(...protocolsWithPorts)
const isICMP = isProtocol(...protocolsWithTypes)

const fieldOf = (side: Side): 'port' | 'sourcePort' => (side === 'to' ? 'port' : 'sourcePort')

const byICMP = ({ type, code }: ICMPFields): Condition =>
  allOf([
    isICMP,
    ...(type === undefined ? [] : [byNumber('type', only(type))]),
    ...(code === undefined ? [] : [byNumber('code', only(code))]),
  ])

/** What conditions of a rule are made with; `text` is the rule in words. */
export interface Context {
  readonly ends: EndConditions
  readonly world: PolicyWorld
  readonly text: string
}

/** Whether the port at an end has a name there: of the pod, or of something given at that address. */
const byName = (test: NamedPortTest, side: Side, { ends, text }: Context): Condition => {
  const any = allOf([
    isProtocol(test.protocol),
    ends.isOwn(test.scope, side, text),
    byPortName(side, test.name, test.protocol),
  ])
  return (state) => {
    const end = state[side]
    const peer = ends.peerOf(end, state.family)
    if (peer === undefined) return end.isPod ? any(state) : [{ state, holds: false }]
    const { yes, maybe, isOpen } = namedPortsAt(test, peer)
    const what = `the named ports of ${end.given?.name} (${test.name})`
    return allOf([
      isProtocol(test.protocol),
      anyOf([
        byNumber(fieldOf(side), yes.flatMap(only)),
        ...(maybe.length === 0
          ? []
          : [allOf([byNumber(fieldOf(side), maybe.flatMap(only)), ends.byUnknown(what)])]),
        ...(isOpen ? [ends.byUnknown(what)] : []),
      ]),
    ])(state)
  }
}

const byPorts = (test: PortTest, side: Side, protocol: number | undefined, context: Context): Condition => {
  const { ends } = context
  const ports = anyOf([
    ...(test.intervals.length === 0 ? [] : [byNumber(fieldOf(side), test.intervals)]),
    ...test.named.map((it) => byName(it, side, context)),
  ])
  if (protocol !== undefined && protocolsWithPorts.includes(protocol)) return ports
  const without =
    test.intervals.length === 0 ? constant(false) : ends.byUnknown('the port of a protocol without ports')
  return anyOf([allOf([hasPorts, ports]), allOf([negated(hasPorts), without])])
}

const byService = (service: string, { world: { parts, endpoints }, ends }: Context): Condition => {
  if (service.startsWith('/')) return constant(false)
  if (parts.slices === undefined) return ends.byUnknown(`the EndpointSlices of the service ${service} (to)`)
  const groups = new Map<string, { protocol: number; port: number; spans: Array<Interval<bigint>> }>()
  for (const [address, members] of endpoints.services) {
    for (const { service: of, protocol, port } of members) {
      if (of !== service || protocol === undefined || port === undefined) continue
      const key = `${protocol} ${port}`
      const group = groups.get(key) ?? { protocol, port, spans: [] }
      groups.set(key, group)
      group.spans.push({ from: address, until: address + 1n })
    }
  }
  const open = anyOf(
    [...groups.values()].map(({ protocol, port, spans }) =>
      allOf([isProtocol(protocol), byNumber('port', only(port)), byAddress('to', spans)]),
    ),
  )
  return (state) => {
    const { given } = state.to
    if (given === undefined) return open(state)
    const { endpoint } = given
    const texts =
      endpoint._tag === 'Workload' ? (endpoint.ips ?? [endpoint.ip ?? []].flat()) : [endpoint.ip ?? []].flat()
    const addresses = texts.flatMap((text) => addressValue(text) ?? [])
    if (addresses.length === 0) return ends.byUnknown(`the address of ${given.name}`)(state)
    return anyOf(
      [...groups.values()]
        .filter(({ spans }) => spans.some(({ from }) => addresses.includes(from)))
        .map(({ protocol, port }) => allOf([isProtocol(protocol), byNumber('port', only(port))])),
    )(state)
  }
}

const byVersion =
  (version: number, { ends }: Context): Condition =>
  (state) =>
    state.family === undefined
      ? ends.byUnknown('ipVersion, 4 or 6')(state)
      : [{ state, holds: state.family === version }]

/** What a rule asks of a packet, cheapest first. */
export const packetConditions = (
  test: PacketTest,
  rule: Rule,
  context: Context,
): { readonly first: ReadonlyArray<Condition>; readonly last: ReadonlyArray<Condition> } => {
  const { ends, world } = context
  const ports = (it: PortTest | undefined, side: Side): ReadonlyArray<Condition> =>
    it === undefined ? [] : [byPorts(it, side, test.protocol, context)]
  return {
    first: [
      ...(test.protocol === undefined ? [] : [isProtocol(test.protocol)]),
      ...(test.notProtocol === undefined ? [] : [negated(isProtocol(test.notProtocol))]),
      ...(test.ipVersion === undefined ? [] : [byVersion(test.ipVersion, context)]),
    ],
    last: [
      ...ports(test.destination, 'to'),
      ...ports(test.notDestination, 'to').map(negated),
      ...ports(test.source, 'from'),
      ...ports(test.notSource, 'from').map(negated),
      ...(test.icmp === undefined ? [] : [byICMP(test.icmp)]),
      ...(test.notICMP === undefined ? [] : [negated(byICMP(test.notICMP))]),
      ...(test.service === undefined ? [] : [byService(test.service, context)]),
      ...(test.http && world.felix.hasApplicationLayer
        ? [ends.byUnknown(`what HTTP is spoken (${JSON.stringify(rule.http)})`)]
        : []),
    ],
  }
}
