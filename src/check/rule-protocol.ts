import type { Rule } from '../model/rule.js'
import { all, type Constraint, none, type Refusal, rule, unless } from './constraint.js'
import { isNamed } from './port.js'
import { hasPorts } from './protocol.js'
import { validator } from './source.js'

const ends = ['source', 'destination'] as const
const lists = ['ports', 'notPorts'] as const

/** The lists of ports of a rule, where they have any. */
const portLists = (value: Rule) =>
  ends.flatMap((end) =>
    lists.flatMap((list) => {
      const ports = value[end]?.[list] ?? []
      return ports.length === 0 ? [] : [{ at: [end, list], ports }]
    }),
  )

const portsNeedProtocol: Constraint<Rule> = rule(
  {
    name: 'ports-need-protocol',
    what: 'Ports are given without a protocol that has ports.',
    remedy: 'set protocol to TCP, UDP or SCTP, or leave the ports out',
    source: validator('validateRule'),
  },
  (value) => {
    const { protocol } = value
    if (protocol !== undefined && hasPorts(protocol)) return none
    return portLists(value)
      .filter(({ ports }) => protocol !== undefined || !ports.every(isNamed))
      .map(({ at }) => ({
        at,
        message:
          protocol === undefined ? 'ports without a protocol' : `the protocol ${protocol} has no ports`,
      }))
  },
)

const namedPortsNeedProtocol: Constraint<Rule> = rule(
  {
    name: 'named-ports-need-protocol',
    what: 'Before Calico 3.32, named ports need a protocol, too.',
    remedy: 'set protocol to TCP, UDP or SCTP',
    source: validator('validateRule'),
    until: '3.32',
  },
  (value) =>
    value.protocol !== undefined
      ? none
      : portLists(value)
          .filter(({ ports }) => ports.every(isNamed))
          .map(({ at }): Refusal => ({ at, message: 'named ports without a protocol' })),
)

const httpNeedsTcp: Constraint<Rule> = rule(
  {
    name: 'http-needs-tcp',
    what: 'HTTP is matched in a rule of another protocol than TCP.',
    remedy: 'set protocol to TCP, or leave it out',
    source: validator('validateRule'),
  },
  ({ http, protocol }) =>
    unless(http === undefined || protocol === undefined || protocol === 'TCP' || protocol === 6, () => ({
      at: ['protocol'],
      message: `HTTP is matched, but the protocol is ${protocol}`,
    })),
)

const httpByName: Constraint<Rule> = rule(
  {
    name: 'http-protocol-name',
    what: 'Before Calico 3.33, a rule that matches HTTP has its protocol by name.',
    remedy: "write protocol: 'TCP' for 6",
    source: validator('validateRule'),
    until: '3.33',
  },
  ({ http, protocol }) =>
    unless(http === undefined || protocol !== 6, () => ({
      at: ['protocol'],
      message: 'HTTP is matched, and the protocol is given as 6',
    })),
)

const httpAllows: Constraint<Rule> = rule(
  {
    name: 'http-only-allow',
    what: 'HTTP is matched in a rule that does not allow.',
    remedy: 'allow what is wanted: the rest is denied at the end of the policies',
    source: validator('validateRule'),
  },
  ({ action, http }) =>
    unless(http === undefined || action === 'Allow', () => ({
      at: ['http'],
      message: `HTTP is matched, but the action is ${action}`,
    })),
)

const icmpNeedsProtocol: Constraint<Rule> = rule(
  {
    name: 'icmp-needs-protocol',
    what: 'ICMP is matched in a rule of another protocol.',
    remedy: 'set protocol to ICMP or ICMPv6',
    source: validator('validateRule'),
  },
  ({ icmp, protocol }) =>
    unless(
      icmp === undefined || protocol === 'ICMP' || protocol === 'ICMPv6' || protocol === 1 || protocol === 58,
      () => ({
        at: ['icmp'],
        message: `ICMP is matched, but the protocol is ${protocol === undefined ? 'not given' : protocol}`,
      }),
    ),
)

const icmpByName: Constraint<Rule> = rule(
  {
    name: 'icmp-protocol-name',
    what: 'Before Calico 3.33, a rule that matches ICMP has its protocol by name.',
    remedy: "write protocol: 'ICMP' for 1, 'ICMPv6' for 58",
    source: validator('validateRule'),
    until: '3.33',
  },
  ({ icmp, protocol }) =>
    unless(icmp === undefined || (protocol !== 1 && protocol !== 58), () => ({
      at: ['protocol'],
      message: `ICMP is matched, and the protocol is given as ${protocol}`,
    })),
)

const servicesHavePorts: Constraint<Rule> = rule(
  {
    name: 'services-with-ports',
    what: 'A service is the destination, and ports are given.',
    remedy: "leave the ports out: Calico takes the service's own",
    source: validator('validateRule'),
  },
  ({ destination }) => {
    if (destination?.services === undefined) return none
    return lists
      .filter((list) => (destination[list]?.length ?? 0) > 0)
      .map((list) => ({
        at: ['destination', list],
        message: `${list} beside the services of the destination`,
      }))
  },
)

/** What a rule may match follows from its protocol, its action and its services. */
export const matchesProtocol: Constraint<Rule> = all(
  portsNeedProtocol,
  namedPortsNeedProtocol,
  httpNeedsTcp,
  httpByName,
  httpAllows,
  icmpNeedsProtocol,
  icmpByName,
  servicesHavePorts,
)
