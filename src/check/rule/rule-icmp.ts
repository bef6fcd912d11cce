import type { Protocol } from '../../model/protocol.js'
import type { ICMPFields, Rule } from '../../model/rule.js'
import { api, validator } from '../engine/calico-source.js'
import {
  all,
  type CheckRule,
  type Constraint,
  fields,
  given,
  type Refusal,
  rule,
  unless,
} from '../engine/constraint.js'

const icmpNeedsProtocol: Constraint<Rule> = rule(
  {
    name: 'icmp-needs-protocol',
    what: 'ICMP is matched in a rule of another protocol.',
    remedy: 'set protocol to ICMP or ICMPv6',
    source: validator('validateRule'),
  },
  ({ protocol }) =>
    unless(protocol === 'ICMP' || protocol === 'ICMPv6' || protocol === 1 || protocol === 58, () => ({
      at: ['icmp'],
      message: `ICMP is matched, but the protocol is ${protocol === undefined ? 'not given' : protocol}`,
    })),
)

const icmpByName: Constraint<Rule> = rule(
  {
    name: 'icmp-protocol-name',
    what: 'Before Calico 3.33, a rule that matches ICMP has its protocol by name.',
    remedy: "write protocol: 'ICMP' for 1, 'ICMPv6' for 58",
    source: validator('validateRule'),
    until: '3.33',
  },
  ({ protocol }) =>
    unless(protocol !== 1 && protocol !== 58, () => ({
      at: ['protocol'],
      message: `ICMP is matched, and the protocol is given as ${protocol}`,
    })),
)

const icmpVersion: CheckRule = {
  name: 'icmp-ip-version',
  what: 'ICMP is not of ipVersion 4, or ICMPv6 not of ipVersion 6.',
  remedy: 'ICMP goes with ipVersion 4, ICMPv6 with 6; or leave ipVersion out',
  source: validator('validateRule'),
}

const versionOf = (versions: ReadonlyMap<Protocol, 4 | 6>, value: Rule): ReadonlyArray<Refusal> => {
  const needed = [value.protocol, value.notProtocol]
    .map((protocol) => (protocol === undefined ? undefined : versions.get(protocol)))
    .find((version) => version !== undefined && version !== value.ipVersion)
  return unless(needed === undefined, () => ({
    at: ['ipVersion'],
    message: `the protocol goes with ipVersion ${needed}, but the rule's is ${value.ipVersion}`,
  }))
}

const byName = new Map<Protocol, 4 | 6>([
  ['ICMP', 4],
  ['ICMPv6', 6],
])
const byNumber = new Map<Protocol, 4 | 6>([
  [1, 4],
  [58, 6],
])

/** ICMP goes with its protocol, and the protocol with its family. */
export const ruleIcmp: Constraint<Rule> = all(
  given('icmp', all(icmpNeedsProtocol, icmpByName)),
  given(
    'ipVersion',
    all(
      rule(icmpVersion, (value) => versionOf(byName, value)),
      rule({ ...icmpVersion, since: '3.33', source: api('policy_common.go, Rule') }, (value) =>
        versionOf(byNumber, value),
      ),
    ),
  ),
)

const isFrom0To = (most: number, value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= most

const type: Constraint<number> = rule(
  {
    name: 'icmp-type',
    what: 'A type of ICMP is not from 0 to 254.',
    remedy: 'use a number from 0 to 254, such as 8 for an echo request',
    source: api('policy_common.go, ICMPFields'),
  },
  (value) => unless(isFrom0To(254, value), () => ({ message: `there is no ICMP type ${value}` })),
)

const code: Constraint<number> = rule(
  {
    name: 'icmp-code',
    what: 'A code of ICMP is not from 0 to 255.',
    remedy: 'use a number from 0 to 255',
    source: api('policy_common.go, ICMPFields'),
  },
  (value) => unless(isFrom0To(255, value), () => ({ message: `there is no ICMP code ${value}` })),
)

const codeNeedsType: Constraint<ICMPFields> = rule(
  {
    name: 'icmp-code-needs-type',
    what: 'A code of ICMP is given without a type.',
    remedy: 'give the type that the code belongs to',
    source: validator('validateICMPFields'),
  },
  (icmp) =>
    unless(icmp.code === undefined || icmp.type !== undefined, () => ({
      at: ['code'],
      message: `the ICMP code ${icmp.code} has no type`,
    })),
)

export const icmp: Constraint<ICMPFields> = all(fields<ICMPFields>({ type, code }), codeNeedsType)
