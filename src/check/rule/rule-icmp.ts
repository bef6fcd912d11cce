import type { Protocol } from '../../model/policy/protocol.js'
import type { ICMPFields, Rule } from '../../model/policy/rule.js'
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

const isIcmp = (protocol: Protocol | undefined): boolean =>
  protocol === 'ICMP' || protocol === 'ICMPv6' || protocol === 1 || protocol === 58

const icmpNeedsProtocol: Constraint<Rule> = rule(
  {
    name: 'icmp-needs-protocol',
    what: 'icmp is set in a rule for another protocol.',
    remedy: 'set protocol to ICMP or ICMPv6',
    source: validator('validateRule'),
  },
  ({ protocol }) =>
    unless(isIcmp(protocol), () => ({
      at: ['icmp'],
      message:
        protocol === undefined
          ? 'icmp is set without a protocol'
          : `icmp is set, but the protocol is ${protocol}`,
    })),
)

const icmpByName: Constraint<Rule> = rule(
  {
    name: 'icmp-protocol-name',
    what: 'icmp is set with a protocol number: before Calico 3.33 the protocol must be given by name.',
    remedy: "write 'ICMP' for 1, 'ICMPv6' for 58",
    source: validator('validateRule'),
    until: '3.33',
  },
  ({ protocol }) =>
    unless(protocol !== 1 && protocol !== 58, () => ({
      at: ['protocol'],
      message: `icmp is set, but the protocol is the number ${protocol}`,
    })),
)

const notIcmpNeedsProtocol: Constraint<Rule> = rule(
  {
    name: 'not-icmp-needs-protocol',
    what: 'notICMP is set in a rule for another protocol, which the nodes cannot program.',
    remedy: 'set protocol to ICMP or ICMPv6',
    source: 'felix/rules/policy.go, CalculateRuleMatch',
    by: 'typed-calico',
  },
  ({ protocol, notICMP }) =>
    unless(isIcmp(protocol) || notICMP?.type === undefined, () => ({
      at: ['notICMP'],
      message:
        protocol === undefined
          ? 'notICMP is set without a protocol'
          : `notICMP is set, but the protocol is ${protocol}`,
    })),
)

const icmpVersion: CheckRule = {
  name: 'icmp-ip-version',
  what: 'ICMP is combined with ipVersion 6, or ICMPv6 with ipVersion 4.',
  remedy: 'use ipVersion 4 with ICMP and 6 with ICMPv6, or remove ipVersion',
  source: validator('validateRule'),
}

const versionOf = (versions: ReadonlyMap<Protocol, 4 | 6>, value: Rule): ReadonlyArray<Refusal> => {
  const needed = [value.protocol, value.notProtocol]
    .map((protocol) => (protocol === undefined ? undefined : versions.get(protocol)))
    .find((version) => version !== undefined && version !== value.ipVersion)
  return unless(needed === undefined, () => ({
    at: ['ipVersion'],
    message: `the protocol needs ipVersion ${needed}, but the rule has ${value.ipVersion}`,
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
  given('notICMP', notIcmpNeedsProtocol),
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
    what: 'An ICMP type is outside 0 to 254.',
    remedy: 'use a number from 0 to 254, such as 8 for an echo request',
    source: api('policy_common.go, ICMPFields'),
  },
  (value) => unless(isFrom0To(254, value), () => ({ message: `${value} is not a valid ICMP type` })),
)

const code: Constraint<number> = rule(
  {
    name: 'icmp-code',
    what: 'An ICMP code is outside 0 to 255.',
    remedy: 'use a number from 0 to 255',
    source: api('policy_common.go, ICMPFields'),
  },
  (value) => unless(isFrom0To(255, value), () => ({ message: `${value} is not a valid ICMP code` })),
)

const codeNeedsType: Constraint<ICMPFields> = rule(
  {
    name: 'icmp-code-needs-type',
    what: 'An ICMP code is set without a type.',
    remedy: 'set the type that the code belongs to',
    source: validator('validateICMPFields'),
  },
  (icmp) =>
    unless(icmp.code === undefined || icmp.type !== undefined, () => ({
      at: ['code'],
      message: `the ICMP code ${icmp.code} has no type`,
    })),
)

export const icmp: Constraint<ICMPFields> = all(fields<ICMPFields>({ type, code }), codeNeedsType)
