import type { Port } from '../../model/policy/port.js'
import type { ICMPFields, Rule } from '../../model/policy/rule.js'
import type { Interval } from '../../net/interval.js'
import { protocolNumber } from '../../net/protocol-number.js'
import { portInterval } from './port-interval.js'
import { type EndTest, type NamedPortTest, namedPort, serviceKey, type TestTable } from './test-table.js'

/** Ports of a rule: numbers, and names that stand for numbers at an endpoint. */
export interface PortTest {
  readonly intervals: ReadonlyArray<Interval>
  readonly named: ReadonlyArray<NamedPortTest>
}

/** What a rule asks of a packet, between ends that it means. */
export interface PacketTest {
  readonly protocol: number | undefined
  readonly notProtocol: number | undefined
  readonly ipVersion: number | undefined
  readonly icmp: ICMPFields | undefined
  readonly notICMP: ICMPFields | undefined
  readonly source: PortTest | undefined
  readonly notSource: PortTest | undefined
  readonly destination: PortTest | undefined
  readonly notDestination: PortTest | undefined
  /** The service one of whose endpoints, with its port, it goes to. */
  readonly service: string | undefined
  /** Felix does not look at HTTP: the rule is the same to it without. An application layer does. */
  readonly http: boolean
  /** Whether the rule asks for no more than a protocol. */
  readonly isPlain: boolean
  /** Whether it asks for no more than that and ports. */
  readonly isPorts: boolean
  /** Whether the ends have a say: by names of ports, a service, or the family of their addresses. */
  readonly isOfEnds: boolean
}

const [tcp, udp, sctp] = [protocolNumber('TCP'), protocolNumber('UDP'), protocolNumber('SCTP')]

/** A name is that of a port of the rule's protocol, and of TCP where that has none. */
const protocolOfNames = ({ protocol }: Rule): number => {
  const number = protocol === undefined ? tcp : protocolNumber(protocol)
  return number === udp || number === sctp ? number : tcp
}

/** Ports of rules of a protocol; names are those of endpoints in a scope. */
const portTest = (
  list: ReadonlyArray<Port> | undefined,
  protocol: number,
  { scope }: EndTest,
  tests: TestTable,
): PortTest | undefined => {
  if (list === undefined || list.length === 0) return undefined
  const intervals: Array<Interval> = []
  const named: Array<NamedPortTest> = []
  for (const port of list) {
    const interval = portInterval(port)
    if (interval === undefined) named.push(namedPort(tests, String(port), protocol, scope))
    else intervals.push(interval)
  }
  return { intervals, named }
}

const hasNames = (test: PortTest | undefined): boolean => test !== undefined && test.named.length > 0

export const packetTest = (
  rule: Rule,
  ends: { readonly source: EndTest; readonly destination: EndTest },
  tests: TestTable,
): PacketTest => {
  const { ipVersion, icmp, notICMP, http } = rule
  const protocol = protocolOfNames(rule)
  const source = portTest(rule.source?.ports, protocol, ends.source, tests)
  const notSource = portTest(rule.source?.notPorts, protocol, ends.source, tests)
  const destination = portTest(rule.destination?.ports, protocol, ends.destination, tests)
  const notDestination = portTest(rule.destination?.notPorts, protocol, ends.destination, tests)
  const service = rule.destination && serviceKey(rule.destination)
  const isPorts = (http ?? ipVersion ?? icmp ?? notICMP ?? service) === undefined
  return {
    protocol: rule.protocol === undefined ? undefined : protocolNumber(rule.protocol),
    notProtocol: rule.notProtocol === undefined ? undefined : protocolNumber(rule.notProtocol),
    source,
    notSource,
    destination,
    notDestination,
    ipVersion,
    icmp,
    notICMP,
    service,
    http: http !== undefined,
    isPlain: isPorts && (source ?? notSource ?? destination ?? notDestination) === undefined,
    isPorts,
    isOfEnds:
      ipVersion !== undefined ||
      service !== undefined ||
      hasNames(source) ||
      hasNames(notSource) ||
      hasNames(destination) ||
      hasNames(notDestination),
  }
}
