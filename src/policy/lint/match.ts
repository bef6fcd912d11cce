import type { EntityRule } from '../../model/policy/entity-rule.js'
import type { Port } from '../../model/policy/port.js'
import type { Protocol } from '../../model/policy/protocol.js'
import type { Action, Rule } from '../../model/policy/rule.js'
import { networkInterval } from '../../net/cidr.js'
import { type Interval, join } from '../../net/interval.js'
import { protocolNumber } from '../../net/protocol-number.js'
import type { Selector } from '../../selector/ast.js'
import { read, scopeOf } from '../compile/peer-selector.js'
import { portInterval } from '../compile/port-interval.js'

/** Ports of a rule, with the numbers among them as intervals. */
export interface Ports {
  readonly given: ReadonlyArray<Port>
  readonly numbers: ReadonlyArray<Interval>
  readonly names: ReadonlyArray<Port>
}

/** Networks of a rule, with the addresses of each; `undefined` for one that cannot be read. */
export interface Nets {
  readonly given: ReadonlyArray<string>
  readonly addresses: ReadonlyArray<Interval<bigint> | undefined>
}

/** What an end of the traffic must be, made ready to be held against another. */
export interface End {
  /** `'all'` where nothing is selected; `undefined` where it cannot be read. */
  readonly scope: Selector | 'all' | undefined
  readonly notSelector: Selector | 'none' | undefined
  readonly nets: Nets
  readonly notNets: Nets
  readonly ports: Ports
  readonly notPorts: Ports
  /** The service, by namespace and name; empty where there is none. */
  readonly services: string
}

/** What a rule does, and to what. */
export interface Match {
  readonly action: Action
  readonly ipVersion: number | undefined
  readonly protocol: number | undefined
  readonly notProtocol: number | undefined
  /** As text, to be compared with another; empty where there is none. So are the two below. */
  readonly icmp: string
  readonly notICMP: string
  readonly http: string
  readonly source: End
  readonly destination: End
}

export const portsOf = (given: ReadonlyArray<Port> = []): Ports => ({
  given,
  numbers: join(given.flatMap((port) => portInterval(port) ?? [])),
  names: given.filter((port) => portInterval(port) === undefined),
})

export const netsOf = (given: ReadonlyArray<string> = []): Nets => ({
  given,
  addresses: given.map(networkInterval),
})

const endOf = (end: EntityRule, namespace: string | undefined): End => ({
  scope: scopeOf(end, namespace),
  notSelector: end.notSelector ? read(end.notSelector) : 'none',
  nets: netsOf(end.nets),
  notNets: netsOf(end.notNets),
  ports: portsOf(end.ports),
  notPorts: portsOf(end.notPorts),
  services: end.services === undefined ? '' : `${end.services.namespace ?? ''}/${end.services.name}`,
})

const numberOf = (protocol: Protocol | undefined): number | undefined =>
  protocol === undefined ? undefined : protocolNumber(protocol)

const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))

/** The rule of a policy, of that namespace or global. */
export const matchOf = (rule: Rule, namespace: string | undefined): Match => ({
  action: rule.action,
  ipVersion: rule.ipVersion,
  protocol: numberOf(rule.protocol),
  notProtocol: numberOf(rule.notProtocol),
  icmp: textOf(rule.icmp),
  notICMP: textOf(rule.notICMP),
  http: textOf(rule.http),
  source: endOf(rule.source ?? {}, namespace),
  destination: endOf(rule.destination ?? {}, namespace),
})

/** Of all traffic. */
export const anything: Match = matchOf({ action: 'Allow' }, undefined)

export const letsThrough = ({ action }: Match): boolean => action === 'Allow' || action === 'Pass'

const verbs: Readonly<Record<Action, string>> = {
  Allow: 'allows',
  Deny: 'denies',
  Log: 'logs',
  Pass: 'passes on',
}

/** What the rule does, in a sentence about it. */
export const verbOf = ({ action }: Match): string => verbs[action]
