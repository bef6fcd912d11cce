import fc from 'fast-check'
import { both, type Direction, ends, nothing, onPorts, type Part } from './rule-end.js'
import { seldom } from './words.js'

const icmp = fc.record(
  { type: fc.constantFrom(0, 3, 8, 128, 129, 254), code: fc.constantFrom(0, 1, 3, 255) },
  { requiredKeys: ['type'] },
)
const action = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny', 'Deny', 'Log', 'Pass')
const http = fc.constantFrom({ methods: ['GET'] }, { paths: [{ prefix: '/' }] })

const ofFamily = (direction: Direction, global: boolean, family: 4 | 6): Part => {
  const on = (ports: Part): Part => ends({ direction, global, family, on: ports })
  const icmpName = family === 4 ? 'ICMP' : 'ICMPv6'
  const ipVersion = seldom(fc.constant(family), 6)
  const ported = fc.record({
    action,
    ipVersion,
    protocol: fc.constantFrom('TCP', 'TCP', 'UDP', 'SCTP', 6, 17),
  })
  const any = fc.record({
    action,
    ipVersion,
    protocol: seldom(fc.constantFrom('TCP', 'UDPLite', 47, 4)),
    notProtocol: seldom(fc.constantFrom('TCP', 'UDP', 17, icmpName)),
  })
  const ping = fc.record({
    action,
    protocol: fc.constant(icmpName),
    icmp: seldom(icmp, 1),
    notICMP: seldom(icmp, 2),
  })
  /** The dataplane takes it for a rule without `http`. */
  const request = fc.record({ action: fc.constant('Allow'), protocol: fc.constant('TCP'), http })
  return fc.oneof(
    { weight: 20, arbitrary: both(ported, on(onPorts)) },
    { weight: 16, arbitrary: both(any, on(nothing)) },
    { weight: 6, arbitrary: both(ping, on(nothing)) },
    { weight: direction === 'ingress' ? 1 : 0, arbitrary: both(request, on(onPorts)) },
  )
}

/** A rule that Calico takes: what hangs on the protocol, the family or the direction fits. */
export const rule = (direction: Direction, global: boolean): Part =>
  fc.oneof(
    { weight: 2, arbitrary: ofFamily(direction, global, 4) },
    { weight: 1, arbitrary: ofFamily(direction, global, 6) },
  )
