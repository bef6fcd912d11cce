import type { EntityRule } from '../model/entity-rule.js'
import type { Port } from '../model/port.js'
import type { Protocol, ProtocolName } from '../model/protocol.js'
import type { ICMPFields, Rule } from '../model/rule.js'
import type { Selector } from '../selector/ast.js'
import { matches } from '../selector/match.js'
import { type Certainty, certain, every, negate } from './certainty.js'
import { type Endpoint, effectiveLabels } from './endpoint.js'
import type { Flow } from './flow.js'
import { familyOf, isInNetwork } from './network.js'
import { read, scopeOf } from './scope.js'

/** Labelled networks, which selectors of rules select too. */
export interface LabelledNetworks {
  readonly labels: Readonly<Record<string, string>>
  readonly nets: ReadonlyArray<string>
}

/** The IP protocol numbers. */
export const numbers: Readonly<Record<ProtocolName, number>> = {
  ICMP: 1,
  TCP: 6,
  UDP: 17,
  ICMPv6: 58,
  SCTP: 132,
  UDPLite: 136,
}

const isProtocol = (wanted: Protocol, flow: Flow): boolean =>
  (typeof wanted === 'number' ? wanted : numbers[wanted]) === numbers[flow.protocol]

const isPort = (wanted: Port, port: number | undefined, endpoint: Endpoint): Certainty => {
  if (port === undefined) return 'unknown'
  if (typeof wanted === 'number') return certain(wanted === port)
  const [low, high] = wanted.split(':').map(Number)
  if (low !== undefined && Number.isInteger(low)) return certain(port >= low && port <= (high ?? low))
  if (endpoint._tag === 'Address') return 'no'
  return endpoint.namedPorts === undefined ? 'unknown' : certain(endpoint.namedPorts[wanted] === port)
}

const anyOf = (parts: ReadonlyArray<Certainty>): Certainty => negate(every(parts.map(negate)))

const isSelected = (scope: Selector, endpoint: Endpoint, sets: ReadonlyArray<LabelledNetworks>): boolean =>
  endpoint._tag === 'Workload'
    ? matches(scope, effectiveLabels(endpoint))
    : sets.some((set) => set.nets.some((net) => isInNetwork(endpoint.ip, net)) && matches(scope, set.labels))

const isInNets = (nets: ReadonlyArray<string>, endpoint: Endpoint): Certainty => {
  const { ip } = endpoint
  return ip === undefined ? 'unknown' : certain(nets.some((net) => isInNetwork(ip, net)))
}

function* endMatch(
  end: EntityRule,
  endpoint: Endpoint,
  port: number | undefined,
  namespace: string | undefined,
  sets: ReadonlyArray<LabelledNetworks>,
): Generator<Certainty> {
  const scope = scopeOf(end, namespace)
  if (scope === undefined) yield 'unknown'
  else if (scope !== 'all') yield certain(isSelected(scope, endpoint, sets))
  if (end.notSelector) {
    const excluded = read(end.notSelector)
    yield excluded === undefined ? 'unknown' : certain(!isSelected(excluded, endpoint, sets))
  }
  if (end.nets?.length) yield isInNets(end.nets, endpoint)
  if (end.notNets?.length) yield negate(isInNets(end.notNets, endpoint))
  if (end.ports?.length) yield anyOf(end.ports.map((wanted) => isPort(wanted, port, endpoint)))
  if (end.notPorts?.length) yield negate(anyOf(end.notPorts.map((wanted) => isPort(wanted, port, endpoint))))
  if (end.services !== undefined) yield 'unknown'
}

const isICMP = (wanted: ICMPFields, flow: Flow): Certainty => {
  const { icmp } = flow
  if (icmp === undefined) return flow.protocol.startsWith('ICMP') ? 'unknown' : 'no'
  return certain((wanted.type ?? icmp.type) === icmp.type && (wanted.code ?? icmp.code) === icmp.code)
}

const versionOf = (flow: Flow): 4 | 6 | undefined => {
  const ip = flow.to.ip ?? flow.from.ip
  return ip === undefined ? undefined : familyOf(ip)
}

function* parts(
  rule: Rule,
  flow: Flow,
  namespace: string | undefined,
  sets: ReadonlyArray<LabelledNetworks>,
): Generator<Certainty> {
  if (rule.protocol !== undefined) yield certain(isProtocol(rule.protocol, flow))
  if (rule.notProtocol !== undefined) yield certain(!isProtocol(rule.notProtocol, flow))
  if (rule.ipVersion !== undefined) {
    const version = versionOf(flow)
    yield version === undefined ? 'unknown' : certain(version === rule.ipVersion)
  }
  if (rule.icmp !== undefined) yield isICMP(rule.icmp, flow)
  if (rule.notICMP !== undefined) yield negate(isICMP(rule.notICMP, flow))
  yield* endMatch(rule.source ?? {}, flow.from, flow.sourcePort, namespace, sets)
  yield* endMatch(rule.destination ?? {}, flow.to, flow.port, namespace, sets)
  if (rule.http !== undefined) yield 'unknown'
}

/** Whether a rule of a policy (of that namespace, or global) matches the flow. */
export const ruleMatches = (
  rule: Rule,
  flow: Flow,
  namespace: string | undefined,
  sets: ReadonlyArray<LabelledNetworks>,
): Certainty => every(parts(rule, flow, namespace, sets))
