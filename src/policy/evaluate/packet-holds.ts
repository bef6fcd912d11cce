import type { ICMPFields } from '../../model/policy/rule.js'
import { protocolNumber } from '../../net/protocol-number.js'
import type { NamedPorts } from '../compile/end-holds.js'
import type { PacketTest, PortTest } from '../compile/packet-test.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { NamedPortTest } from '../compile/test-table.js'
import { both, type Certainty, certain, either, negate } from '../compile/three-valued.js'
import type { Packet } from '../world/flow.js'

/** A packet in numbers; `undefined` is not known. */
export interface Sent {
  readonly protocol: number
  readonly port: number | undefined
  readonly sourcePort: number | undefined
  readonly icmp: Packet['icmp']
}

export const sentOf = ({ protocol, port, sourcePort, icmp }: Packet): Sent => ({
  protocol: protocolNumber(protocol),
  port,
  sourcePort,
  icmp,
})

/** Both ends of a packet, and what is known of their ports and services. */
export interface Ends {
  readonly from: PeerClass
  readonly to: PeerClass
  readonly family: 4 | 6 | undefined
  readonly facts: PeerFacts
}

/** What rules ask of peers, worked out once for each class. */
export interface PeerFacts {
  readonly namedPorts: (test: NamedPortTest, peer: PeerClass) => NamedPorts
  readonly isServiceKnown: (service: string) => boolean
  /** Whether something beside Felix judges HTTP. */
  readonly hasApplicationLayer: boolean
}

const [icmp4, icmp6] = [protocolNumber('ICMP'), protocolNumber('ICMPv6')]

const isICMP = (wanted: ICMPFields, { protocol, icmp }: Sent): Certainty => {
  if (icmp === undefined) return protocol === icmp4 || protocol === icmp6 ? 1 : 0
  return certain((wanted.type ?? icmp.type) === icmp.type && (wanted.code ?? icmp.code) === icmp.code)
}

const isPort = ({ intervals, named }: PortTest, sent: Sent, ends: Ends, end: 'from' | 'to'): Certainty => {
  const port = end === 'to' ? sent.port : sent.sourcePort
  let found: Certainty = 0
  for (const { from, until } of intervals) {
    if (port === undefined) found = 1
    else if (from <= port && port < until) return 2
  }
  for (const test of named) {
    if (test.protocol !== sent.protocol) continue
    const { yes, maybe, isOpen } = ends.facts.namedPorts(test, ends[end])
    if (port === undefined) {
      if (yes.length + maybe.length > 0 || isOpen) found = 1
    } else if (yes.includes(port)) return 2
    else if (isOpen || maybe.includes(port)) found = either(found, 1)
  }
  return found
}

const isServicePort = (service: string, sent: Sent, { to, facts }: Ends): Certainty => {
  if (service.startsWith('/')) return 0
  if (!facts.isServiceKnown(service) || !to.hasAddress) return 1
  const those = to.services.filter((it) => it.service === service && it.protocol === sent.protocol)
  if (sent.port === undefined) return those.length === 0 ? 0 : 1
  return certain(those.some(({ port }) => port === sent.port))
}

/** Whether a rule may mean something of that protocol. */
export const meansProtocol = ({ protocol, notProtocol }: PacketTest, sent: number): boolean =>
  (protocol === undefined || protocol === sent) && (notProtocol === undefined || notProtocol !== sent)

const areICMP = ({ icmp, notICMP }: PacketTest, sent: Sent): Certainty => {
  const is = icmp === undefined ? 2 : isICMP(icmp, sent)
  return is === 0 || notICMP === undefined ? is : both(is, negate(isICMP(notICMP, sent)))
}

const arePorts = (test: PacketTest, sent: Sent, ends: Ends): Certainty => {
  const { destination, notDestination, source, notSource } = test
  let holds: Certainty = 2
  if (destination !== undefined) holds = isPort(destination, sent, ends, 'to')
  if (holds !== 0 && notDestination !== undefined)
    holds = both(holds, negate(isPort(notDestination, sent, ends, 'to')))
  if (holds !== 0 && source !== undefined) holds = both(holds, isPort(source, sent, ends, 'from'))
  if (holds !== 0 && notSource !== undefined)
    holds = both(holds, negate(isPort(notSource, sent, ends, 'from')))
  return holds
}

/** Whether the rule matches the packet, between ends that it means. */
export const packetHolds = (test: PacketTest, sent: Sent, ends: Ends): Certainty => {
  if (!meansProtocol(test, sent.protocol)) return 0
  if (test.isPlain) return 2
  let holds = arePorts(test, sent, ends)
  if (holds === 0 || test.isPorts) return holds
  const { family, facts } = ends
  if (test.ipVersion !== undefined)
    holds = both(holds, family === undefined ? 1 : certain(family === test.ipVersion))
  holds = both(holds, areICMP(test, sent))
  if (holds !== 0 && test.service !== undefined) holds = both(holds, isServicePort(test.service, sent, ends))
  return test.http && facts.hasApplicationLayer ? both(holds, 1) : holds
}
