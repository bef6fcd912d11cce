import type { Protocol } from '../../model/policy/protocol.js'
import { validator } from '../engine/calico-source.js'
import { type Constraint, rule, unless } from '../engine/constraint.js'

const withPorts: ReadonlySet<Protocol> = new Set<Protocol>(['TCP', 'UDP', 'SCTP', 6, 17, 132])

/** TCP, UDP and SCTP, by name or number. */
export const hasPorts = (protocol: Protocol): boolean => withPorts.has(protocol)

export const protocol: Constraint<Protocol> = rule(
  {
    name: 'protocol-number',
    what: 'A protocol number is outside 1 to 255.',
    remedy: 'use a number from 1 to 255, or leave the protocol out to match all of them',
    source: validator('validateProtocol'),
  },
  (value) =>
    unless(typeof value === 'string' || (Number.isInteger(value) && value >= 1 && value <= 255), () => ({
      message: `${value} is not a protocol number`,
    })),
)
