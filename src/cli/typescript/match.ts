import type { EntityRule } from '../../model/policy/entity-rule.js'
import type { Protocol } from '../../model/policy/protocol.js'
import type { ICMPFields, Rule } from '../../model/policy/rule.js'

export type Direction = 'Ingress' | 'Egress'

const withPorts: ReadonlyArray<unknown> = ['TCP', 'UDP', 'SCTP', 6, 17, 132]

/** Whether the builder's types let a protocol have ports. */
export const hasPorts = (protocol: Protocol | undefined): boolean => withPorts.includes(protocol)

const isUnset = (value: object, ...fields: ReadonlyArray<string>): boolean =>
  Object.entries(value).every(([field, it]) => it === undefined || !fields.includes(field))

const portsFit = (end: EntityRule, ported: boolean): boolean => ported || isUnset(end, 'ports', 'notPorts')

/** A service stands alone, and as a destination has its own ports. */
const farEndFits = (end: EntityRule, direction: Direction): boolean => {
  if (end.services === undefined) return true
  const others = ['nets', 'notNets', 'selector', 'notSelector', 'namespaceSelector', 'serviceAccounts']
  const ports = direction === 'Egress' ? ['ports', 'notPorts'] : []
  return end.services.name !== undefined && isUnset(end, ...others, ...ports)
}

const icmpFits = (icmp: ICMPFields | undefined): boolean => icmp === undefined || icmp.type !== undefined

const protocolFits = ({ protocol, ipVersion, icmp, notICMP }: Rule): boolean => {
  const family = protocol === 'ICMP' ? 4 : protocol === 'ICMPv6' ? 6 : undefined
  if (family === undefined) return icmp === undefined && notICMP === undefined
  return (ipVersion === undefined || ipVersion === family) && icmpFits(icmp) && icmpFits(notICMP)
}

const httpFits = ({ action, protocol, http }: Rule, direction: Direction): boolean =>
  http === undefined ||
  (direction === 'Ingress' &&
    action === 'Allow' &&
    (protocol === undefined || protocol === 'TCP') &&
    (http.paths ?? []).every(({ exact, prefix }) => (exact === undefined) !== (prefix === undefined)))

/**
 * Whether the builder's types take the rule. They are narrower than Calico: it takes, say, an empty list of ports
 * without a protocol. `src/build/match.ts` says it in types.
 */
export const isMatch = (rule: Rule, direction: Direction): boolean => {
  const { source = {}, destination = {} } = rule
  const [near, far] = direction === 'Ingress' ? [destination, source] : [source, destination]
  const ported = hasPorts(rule.protocol)
  return (
    near.services === undefined &&
    farEndFits(far, direction) &&
    portsFit(near, ported) &&
    portsFit(far, ported) &&
    protocolFits(rule) &&
    httpFits(rule, direction)
  )
}
