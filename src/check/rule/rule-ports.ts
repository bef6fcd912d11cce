import type { Rule } from '../../model/rule.js'
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
    what: 'Ports are given without a protocol that has ports.',
    remedy: 'set protocol to TCP, UDP or SCTP, or leave the ports out',
    source: validator('validateRule'),
  },
  (value) => {
    const { protocol } = value
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

/** Ports go with a protocol that has them. */
export const rulePorts: Constraint<Rule> = otherwise(
  ({ protocol }) => protocol !== undefined && hasPorts(protocol),
  all(portsNeedProtocol, namedPortsNeedProtocol),
)
