import type { EntityRule } from '../../model/entity-rule.js'
import type { Port } from '../../model/port.js'
import type { Protocol } from '../../model/protocol.js'
import type { ICMPFields, Rule } from '../../model/rule.js'
import { familyAt, networkInterval } from '../../net/cidr.js'
import { covers, type Interval } from '../../net/interval.js'
import { protocolNumber } from '../../net/protocol-number.js'
import type { Selector } from '../../selector/ast.js'
import { matcher } from '../../selector/match.js'
import type { Packet } from './flow.js'
import type { Ends, Known } from './peer.js'
import { read, scopeOf } from './peer-selector.js'
import { portInterval } from './port-interval.js'
import { all, type Certainty, certain, every, negate, not, some, type Test } from './three-valued.js'

const only = (value: number): Interval => ({ from: value, until: value + 1 })

/** What a port of a rule stands for at an endpoint; a name for nothing, where no port of the endpoint has it. */
const portsOf = (wanted: Port, { endpoint }: Known): Interval | 'none' | 'unknown' => {
  const numbers = portInterval(wanted)
  if (numbers !== undefined) return numbers
  if (endpoint._tag === 'Address') return 'none'
  if (endpoint.namedPorts === undefined) return 'unknown'
  const port = Object.hasOwn(endpoint.namedPorts, wanted) ? endpoint.namedPorts[wanted] : undefined
  return port === undefined ? 'none' : only(port)
}

const isPort = (wanted: Port, port: number | undefined, known: Known): Certainty => {
  const span = portsOf(wanted, known)
  if (span === 'none') return 'no'
  return span === 'unknown' || port === undefined ? 'unknown' : certain(covers([span], port))
}

const isOneOf = (ports: ReadonlyArray<Port>, port: number | undefined, known: Known): Certainty =>
  some(ports.map((wanted) => isPort(wanted, port, known)))

const isProtocol = (wanted: Protocol, protocol: Protocol): boolean =>
  protocolNumber(wanted) === protocolNumber(protocol)

const isICMP = (wanted: ICMPFields, { protocol, icmp }: Packet): Certainty => {
  if (icmp === undefined)
    return isProtocol('ICMP', protocol) || isProtocol('ICMPv6', protocol) ? 'unknown' : 'no'
  return certain((wanted.type ?? icmp.type) === icmp.type && (wanted.code ?? icmp.code) === icmp.code)
}

const isVersion = (wanted: number, { from, to }: Ends): Certainty => {
  const place = to.place ?? from.place
  return place === undefined ? 'unknown' : certain(familyAt(place) === wanted)
}

/** Whether the rule may match something of that protocol. */
export const meansProtocol = ({ protocol, notProtocol }: Rule, sent: Protocol): boolean =>
  (protocol === undefined || isProtocol(protocol, sent)) &&
  (notProtocol === undefined || !isProtocol(notProtocol, sent))

function* parts(rule: Rule, packet: Packet, ends: Ends): Generator<Certainty> {
  const { source = {}, destination = {}, ipVersion, icmp, notICMP } = rule
  const { port, sourcePort } = packet
  yield certain(meansProtocol(rule, packet.protocol))
  if (ipVersion !== undefined) yield isVersion(ipVersion, ends)
  if (icmp !== undefined) yield isICMP(icmp, packet)
  if (notICMP !== undefined) yield negate(isICMP(notICMP, packet))
  if (source.ports?.length) yield isOneOf(source.ports, sourcePort, ends.from)
  if (source.notPorts?.length) yield negate(isOneOf(source.notPorts, sourcePort, ends.from))
  if (destination.ports?.length) yield isOneOf(destination.ports, port, ends.to)
  if (destination.notPorts?.length) yield negate(isOneOf(destination.notPorts, port, ends.to))
  if (rule.http !== undefined) yield 'unknown'
}

/** Whether the rule matches the packet, between ends that it means. */
export const packetMatches = (rule: Rule, packet: Packet, ends: Ends): Certainty =>
  every(parts(rule, packet, ends))

/** Where the answer to `packetMatches` may change, on the axes of a protocol with ports, or of ICMP. */
export interface Marks {
  readonly ports: ReadonlyArray<Interval>
  readonly sourcePorts: ReadonlyArray<Interval>
  readonly types: ReadonlyArray<Interval>
  readonly codes: ReadonlyArray<Interval>
}

export const marksOf = (
  { source = {}, destination = {}, icmp = {}, notICMP = {} }: Rule,
  ends: Ends,
): Marks => {
  const portMarks = (ports: ReadonlyArray<Port>, known: Known): ReadonlyArray<Interval> =>
    ports.flatMap((port) => {
      const span = portsOf(port, known)
      return typeof span === 'string' ? [] : span
    })
  return {
    ports: portMarks([...(destination.ports ?? []), ...(destination.notPorts ?? [])], ends.to),
    sourcePorts: portMarks([...(source.ports ?? []), ...(source.notPorts ?? [])], ends.from),
    types: [icmp, notICMP].flatMap(({ type }) => type ?? []).map(only),
    codes: [icmp, notICMP].flatMap(({ code }) => code ?? []).map(only),
  }
}

const unknown = () => 'unknown' as const

const selected = (selector: Selector | undefined): Test<Known> => {
  if (selector === undefined) return unknown
  const matches = matcher(selector)
  return ({ labels, perhaps }) =>
    !labels.some(matches) && perhaps.some(matches) ? 'unknown' : certain(labels.some(matches))
}

/** A network that cannot be read may be any. */
const within = (nets: ReadonlyArray<string>): Test<Known> => {
  const spans = nets.flatMap((net) => networkInterval(net) ?? [])
  const unreadable = spans.length < nets.length
  return ({ place }) => {
    if (place !== undefined && covers(spans, place)) return 'yes'
    return place === undefined || unreadable ? 'unknown' : 'no'
  }
}

/**
 * Outside of networks, among the addresses of their families: a rule that names networks of IPv4 is none for IPv6.
 *
 * **Source**: `felix/rules/policy.go`, FilterRuleToIPVersion.
 */
const outside = (nets: ReadonlyArray<string>): Test<Known> => {
  const inside = within(nets)
  const families = nets.map(networkInterval).map((span) => span && familyAt(span.from))
  return (known) => {
    const family = known.place === undefined ? undefined : familyAt(known.place)
    const isMeant = family === undefined || families.includes(family) || families.includes(undefined)
    return isMeant ? negate(inside(known)) : 'no'
  }
}

/** Whether an endpoint is one that this end of a rule means, in a policy of that namespace or a global one. Ports aside. */
export const endMatcher = (end: EntityRule, namespace: string | undefined): Test<Known> => {
  const scope = scopeOf(end, namespace)
  return all([
    ...(scope === 'all' ? [] : [selected(scope)]),
    ...(end.notSelector ? [not(selected(read(end.notSelector)))] : []),
    ...(end.nets?.length ? [within(end.nets)] : []),
    ...(end.notNets?.length ? [outside(end.notNets)] : []),
    ...(end.services === undefined ? [] : [unknown]),
  ])
}
