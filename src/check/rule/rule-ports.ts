import type { Rule } from '../../model/policy/rule.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, none, otherwise, type Refusal, rule } from '../engine/constraint.js'
import { isNamed } from '../value/port.js'
import { hasPorts } from '../value/protocol.js'

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
    what: 'Ports are set, but the protocol is missing or has no ports.',
    remedy: 'set protocol to TCP, UDP or SCTP, or remove the ports',
    source: validator('validateRule'),
  },
  (value) => {
    const { protocol } = value
    return portLists(value)
      .filter(({ ports }) => protocol !== undefined || !ports.every(isNamed))
      .map(({ at }) => ({
        at,
        message:
          protocol === undefined
            ? 'ports are set without a protocol'
            : `the protocol ${protocol} has no ports`,
      }))
  },
)

const namedPortsNeedProtocol: Constraint<Rule> = rule(
  {
    name: 'named-ports-need-protocol',
    what: 'Named ports are set without a protocol: Calico accepts that from 3.32 on.',
    remedy: 'set protocol to TCP, UDP or SCTP',
    source: validator('validateRule'),
    until: '3.32',
  },
  (value) =>
    value.protocol !== undefined
      ? none
      : portLists(value)
          .filter(({ ports }) => ports.every(isNamed))
          .map(({ at }): Refusal => ({ at, message: 'named ports are set without a protocol' })),
)

/** Ports go with a protocol that has them. */
export const rulePorts: Constraint<Rule> = otherwise(
  ({ protocol }) => protocol !== undefined && hasPorts(protocol),
  all(portsNeedProtocol, namedPortsNeedProtocol),
)
