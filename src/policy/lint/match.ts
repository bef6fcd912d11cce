import type { EntityRule } from '../../model/entity-rule.js'
import type { Port } from '../../model/port.js'
import type { Protocol } from '../../model/protocol.js'
import type { Action, Rule } from '../../model/rule.js'
import { protocolNumber } from '../../net/protocol-number.js'
import type { Selector } from '../../selector/ast.js'
import { read, scopeOf } from '../compile/peer-selector.js'

/** What an end of the traffic must be, made ready to be held against another. */
export interface End {
  /** `'all'` where nothing is selected; `undefined` where it cannot be read. */
  readonly scope: Selector | 'all' | undefined
  readonly notSelector: Selector | 'none' | undefined
  readonly nets: ReadonlyArray<string>
  readonly notNets: ReadonlyArray<string>
  readonly ports: ReadonlyArray<Port>
  readonly notPorts: ReadonlyArray<Port>
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

const endOf = (end: EntityRule, namespace: string | undefined): End => ({
  scope: scopeOf(end, namespace),
  notSelector: end.notSelector ? read(end.notSelector) : 'none',
  nets: end.nets ?? [],
  notNets: end.notNets ?? [],
  ports: end.ports ?? [],
  notPorts: end.notPorts ?? [],
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
