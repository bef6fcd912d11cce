import { protocolNumber } from '../../net/protocol-number.js'
import type { EntityClass, PeerClass } from './peer-class.js'
import { certaintyOf } from './selector-table.js'
import type { EndTest, NamedPortTest, Nets, Scope } from './test-table.js'
import { both, type Certainty, certain, either, negate } from './three-valued.js'

export const scopeHolds = (scope: Scope, { holding }: EntityClass): Certainty =>
  scope === 'all' ? 2 : scope === 'unreadable' ? 1 : certaintyOf(holding, scope)

/** Whether something at the peer's address is in the scope. **Source**: `felix/labelindex`: an IP set has them all. */
const scopeFinds = (scope: Scope, { entities, perhaps }: PeerClass): Certainty => {
  if (scope === 'all') return 2
  let found: Certainty = 0
  for (const entity of entities) found = either(found, scopeHolds(scope, entity))
  if (found === 2) return 2
  for (const entity of perhaps) if (scopeHolds(scope, entity) !== 0) return 1
  return found
}

const within = (
  { ids, families, isUnreadable }: Nets,
  { nets, hasAddress, family }: PeerClass,
): Certainty => {
  if (hasAddress && ids.some((id) => nets.has(id))) return 2
  if (isUnreadable) return 1
  if (family !== undefined && !families.includes(family)) return 0
  return hasAddress ? 0 : 1
}

/**
 * Outside of networks, among the addresses of their families: a rule that names networks of IPv4 is none for IPv6.
 *
 * **Source**: `felix/rules/policy.go`, FilterRuleToIPVersion.
 */
const outside = (nets: Nets, peer: PeerClass): Certainty =>
  peer.family === undefined || nets.isUnreadable || nets.families.includes(peer.family)
    ? negate(within(nets, peer))
    : 0

/** What is known of services, beyond what is behind them. */
export interface KnownServices {
  readonly isKnown: (service: string) => boolean
}

const isBehind = (service: string, peer: PeerClass, { isKnown }: KnownServices): Certainty => {
  if (service.startsWith('/')) return 0
  if (!isKnown(service) || !peer.hasAddress) return 1
  return certain(peer.services.some((it) => it.service === service))
}

/** Whether a peer is one that this end of a rule means. Ports aside. */
export const endHolds = (test: EndTest, peer: PeerClass, services: KnownServices): Certainty => {
  let holds = scopeFinds(test.scope, peer)
  if (holds !== 0 && test.notScope !== undefined)
    holds = both(holds, test.notScope === 'unreadable' ? 1 : negate(scopeFinds(test.notScope, peer)))
  if (holds !== 0 && test.nets !== undefined) holds = both(holds, within(test.nets, peer))
  if (holds !== 0 && test.notNets !== undefined) holds = both(holds, outside(test.notNets, peer))
  if (holds !== 0 && test.service !== undefined) holds = both(holds, isBehind(test.service, peer, services))
  return holds
}

/** The numbers that a port's name stands for at a peer: surely, perhaps, or nobody knows. */
export interface NamedPorts {
  readonly yes: ReadonlyArray<number>
  readonly maybe: ReadonlyArray<number>
  readonly isOpen: boolean
}

/**
 * A name counts for the endpoints that the rule's selector takes by their own labels, with the rule's own protocol.
 *
 * **Source**: `felix/calc/rule_scanner.go`, namedPortsToIPSets.
 */
export const namedPortsAt = (test: NamedPortTest, peer: PeerClass): NamedPorts => {
  const [yes, maybe]: [Array<number>, Array<number>] = [[], []]
  let isOpen = false
  for (const entity of peer.entities) {
    const selected = scopeHolds(test.scope, entity)
    if (selected === 0) continue
    if (entity.ports === undefined) isOpen = true
    for (const { name, port, protocol = 'TCP' } of entity.ports ?? []) {
      if (name === test.name && protocolNumber(protocol) === test.protocol)
        (selected === 2 ? yes : maybe).push(port)
    }
  }
  return { yes, maybe, isOpen }
}
