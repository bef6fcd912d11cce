import type { EntityRule } from '../../model/policy/entity-rule.js'
import type { Port } from '../../model/policy/port.js'
import type { ICMPFields, Rule } from '../../model/policy/rule.js'
import type { Interval } from '../../net/interval.js'
import { protocolNumber } from '../../net/protocol-number.js'
import { portInterval } from './port-interval.js'
import { type EndTest, type NamedPortTest, serviceKey, type TestTable } from './test-table.js'

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

export const packetTest = (
  rule: Rule,
  ends: { readonly source: EndTest; readonly destination: EndTest },
  tests: TestTable,
): PacketTest => {
  const protocol = protocolOfNames(rule)
  const ports = (
    field: 'ports' | 'notPorts',
    end: EntityRule | undefined,
    { scope }: EndTest,
  ): PortTest | undefined => {
    const list: ReadonlyArray<Port> = end?.[field] ?? []
    if (list.length === 0) return undefined
    return {
      intervals: list.flatMap((port) => portInterval(port) ?? []),
      named: list
        .filter((port) => portInterval(port) === undefined)
        .map((port) => tests.namedPort(String(port), protocol, scope)),
    }
  }
  const about = {
    source: ports('ports', rule.source, ends.source),
    notSource: ports('notPorts', rule.source, ends.source),
    destination: ports('ports', rule.destination, ends.destination),
    notDestination: ports('notPorts', rule.destination, ends.destination),
  }
  const more = {
    ipVersion: rule.ipVersion,
    icmp: rule.icmp,
    notICMP: rule.notICMP,
    service: rule.destination && serviceKey(rule.destination),
  }
  const isPorts = rule.http === undefined && Object.values(more).every((it) => it === undefined)
  return {
    protocol: rule.protocol === undefined ? undefined : protocolNumber(rule.protocol),
    notProtocol: rule.notProtocol === undefined ? undefined : protocolNumber(rule.notProtocol),
    ...about,
    ...more,
    http: rule.http !== undefined,
    isPlain: isPorts && Object.values(about).every((it) => it === undefined),
    isPorts,
    isOfEnds:
      rule.ipVersion !== undefined ||
      more.service !== undefined ||
      Object.values(about).some((it) => it !== undefined && it.named.length > 0),
  }
}
