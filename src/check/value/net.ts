import {
  family,
  firstAddress,
  isMasked,
  type Network,
  parseAddress,
  parseNetwork,
  printAddress,
} from '../../net/ip-address.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, each, none, otherwise, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'

const bits = (text: string): 32 | 128 => (text.includes(':') ? 128 : 32)

const netFormat: Constraint<string> = rule(
  {
    name: 'net-format',
    what: 'A net is not a valid CIDR.',
    remedy: 'write an address, "/" and a prefix length: 10.0.0.0/8 or fd00::/8',
    source: validator('validateRule'),
  },
  (text) =>
    unless(parseNetwork(text) !== undefined || parseAddress(text) !== undefined, () => ({
      message: `${quoted(text)} is not a valid CIDR`,
    })),
)

const netLength: Constraint<string> = rule(
  {
    name: 'net-needs-length',
    what: 'A net in a rule is an address without a prefix length.',
    remedy: 'add /32, or /128 for IPv6',
    source: validator('validateRule'),
  },
  (text) =>
    unless(parseAddress(text) === undefined, () => ({
      message: `${quoted(text)} has no prefix length`,
      hint: `write ${text}/${bits(text)}`,
    })),
)

const firstOf = (text: string, { fixed, words }: Network): string =>
  `${printAddress(firstAddress({ fixed, words }))}/${fixed - (128 - bits(text))}`

/** A CIDR whose host bits are zero; what is no CIDR is for others to say. */
export const hostBits: Constraint<string> = rule(
  {
    name: 'net-host-bits',
    what: 'A net has bits set beyond its prefix length.',
    remedy: 'write the first address of the net, or correct the prefix length',
    source: validator('validateIPNetwork'),
  },
  (text) => {
    const network = parseNetwork(text)
    if (network === undefined || isMasked(network)) return none
    const hint = `did you mean ${firstOf(text, network)}?`
    return [{ message: `${quoted(text)} has bits set beyond its prefix length`, hint }]
  },
)

const isRuleNet = (text: string): boolean => {
  const network = parseNetwork(text)
  return network !== undefined && isMasked(network)
}

/** A net of a rule: a CIDR with its host bits zero. */
const ruleNet: Constraint<string> = otherwise(isRuleNet, all(netFormat, netLength, hostBits))

const isStrictNet = (text: string): boolean =>
  text === '' || parseAddress(text) !== undefined || isRuleNet(text)

/** A CIDR with its host bits zero, or an address. As Calico's `net`, it takes the empty text, too. */
export const strictNet: Constraint<string> = otherwise(isStrictNet, all(netFormat, hostBits))

/** A CIDR or an address, of either family. As Calico's `cidr`, it takes the empty text, too. */
export const looseNet: Constraint<string> = rule(
  {
    name: 'address-or-net-format',
    what: 'An entry is neither an address nor a CIDR.',
    remedy: 'write an address, or an address, "/" and a prefix length',
    source: validator('validateCIDR'),
  },
  (text) =>
    unless(text === '' || parseNetwork(text) !== undefined || parseAddress(text) !== undefined, () => ({
      message: `${quoted(text)} is neither an address nor a CIDR`,
    })),
)

/** Addresses that are kept from IPAM: from 3.33 on, a single one needs its length. */
export const reservedNet: Constraint<string> = all(
  looseNet,
  rule(
    {
      name: 'reserved-cidr',
      what: 'A reserved address has no prefix length.',
      remedy: 'write it with its length, such as 10.0.0.1/32',
      source: 'api/config/crd, format: cidr',
      by: 'API server',
      since: '3.33',
    },
    (text) =>
      unless(parseNetwork(text) !== undefined || (text !== '' && parseAddress(text) === undefined), () => ({
        message: `${quoted(text)} is not a CIDR`,
      })),
  ),
)

export const ruleNets: Constraint<ReadonlyArray<string>> = each(ruleNet)

/** 4 also for IPv4 inside of IPv6, as Go has it; none for what is no CIDR. */
export const netFamily = (text: string): 4 | 6 | undefined => {
  const network = parseNetwork(text)
  if (network === undefined) return undefined
  return text.includes(':') ? family(firstAddress(network)) : 4
}

const isCatchAll = (text: string): boolean => {
  if (text === '0.0.0.0/0') return true
  const network = parseNetwork(text)
  return text.includes(':') && network?.fixed === 0 && isMasked(network)
}

/** The nets that a rule leaves out. */
export const notNets: Constraint<ReadonlyArray<string>> = each(
  rule(
    {
      name: 'catch-all-not-net',
      what: 'notNets excludes every address of a family, so the rule matches no traffic.',
      remedy: 'leave the net out, or delete the rule',
      source: validator('validateRule'),
      since: '3.31',
      backports: ['3.29.6', '3.30.3'],
    },
    (text) =>
      unless(!isCatchAll(text), () => ({
        message: `${quoted(text)} in notNets: the rule matches no traffic`,
      })),
  ),
)

/** Whether one of the two nets holds the other. Not for what is no CIDR, nor across families. */
export const overlaps = (a: string, b: string): boolean => {
  const [first, second] = [parseNetwork(a), parseNetwork(b)]
  if (first === undefined || second === undefined || netFamily(a) !== netFamily(b)) return false
  const fixed = Math.min(first.fixed, second.fixed)
  const other = firstAddress({ ...second, fixed })
  return firstAddress({ ...first, fixed }).every((word, index) => word === other[index])
}
