import type {
  BGPFilterOperation,
  BGPFilterRule,
  BGPFilterSpec,
  PrefixLengthRange,
} from '../../model/bgp/bgp-filter.js'
import { family, firstAddress, parseNetwork } from '../../net/ip-address.js'
import { api, validator } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, none, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { int32 } from '../value/int32.js'
import { interfaceWildcard } from '../value/interface.js'
import { strictNet } from '../value/net.js'
import { unlessEmpty } from '../value/text-number-list.js'

const source = validator('validateBGPFilterRule')

const needsOperator: Constraint<BGPFilterRule> = rule(
  {
    name: 'filter-cidr-operator',
    what: 'A filter sets cidr without matchOperator, or the reverse.',
    remedy: 'set both, or neither',
    source,
  },
  ({ cidr = '', matchOperator }) => {
    const given = matchOperator !== undefined && (matchOperator as string) !== ''
    return unless((cidr !== '') === given, () =>
      given
        ? { at: ['matchOperator'], message: `matchOperator ${matchOperator} without cidr` }
        : { at: ['cidr'], message: `cidr ${quoted(cidr)} without matchOperator` },
    )
  },
)

const lengthNeedsCidr: Constraint<BGPFilterRule> = rule(
  {
    name: 'filter-length-needs-cidr',
    what: 'A filter has a prefixLength without a cidr.',
    remedy: 'set the cidr whose prefix lengths are meant',
    source,
    since: '3.30',
  },
  ({ cidr = '', prefixLength }) =>
    unless(prefixLength === undefined || cidr !== '', () => ({
      at: ['prefixLength'],
      message: 'prefixLength without cidr',
    })),
)

const operationsAccept: Constraint<BGPFilterRule> = rule(
  {
    name: 'filter-operations-accept',
    what: 'A filter has operations for routes that it rejects.',
    remedy: 'set the action to Accept, or remove operations',
    source: api('bgpfilter.go, BGPFilterRuleV4'),
    since: '3.32',
  },
  ({ action, operations = [] }) =>
    unless(operations.length === 0 || action === 'Accept', () => ({
      at: ['operations'],
      message: `operations with the action ${action}`,
    })),
)

/** Calico has no family for an address it could not read: that is for `strictNet` to say. */
const ofFamily = (version: 4 | 6): Constraint<string> =>
  rule(
    {
      name: 'filter-cidr-family',
      what: 'A filter for one address family has a cidr of the other.',
      remedy: 'move the filter to exportV4 and importV4, or to exportV6 and importV6',
      source: validator('validateIPv4Network and validateIPv6Network'),
    },
    (cidr) => {
      const network = parseNetwork(cidr) ?? parseNetwork(`${cidr}/${cidr.includes(':') ? 128 : 32}`)
      if (network === undefined) return none
      const found = family(firstAddress(network))
      return unless(found === version, () => ({ message: `${quoted(cidr)} is IPv${found}` }))
    },
  )

const prefixLength = (longest: 32 | 128): Constraint<number> =>
  rule(
    {
      name: 'filter-prefix-length',
      what: 'A prefix length is too long for its address family.',
      remedy: 'use 0 to 32 for IPv4, 0 to 128 for IPv6',
      source: validator('validateBGPFilterPrefixLengthV4 and validateBGPFilterPrefixLengthV6'),
      since: '3.30',
    },
    (length) =>
      unless(length >= 0 && length <= longest, () => ({
        message: `the prefix length ${length} is outside 0 to ${longest}`,
      })),
  )

const filterRule = (version: 4 | 6): Constraint<BGPFilterRule> => {
  const length = prefixLength(version === 4 ? 32 : 128)
  return all(
    fields<BGPFilterRule>({
      cidr: unlessEmpty(all(strictNet, ofFamily(version))),
      interface: unlessEmpty(interfaceWildcard),
      prefixLength: fields<PrefixLengthRange>({ min: length, max: length }),
      asPathPrefix: each(int32),
      operations: each(fields<BGPFilterOperation>({ prependASPath: fields({ prefix: each(int32) }) })),
    }),
    needsOperator,
    lengthNeedsCidr,
    operationsAccept,
  )
}

const ofIPv4 = each(filterRule(4))
const ofIPv6 = each(filterRule(6))

export const bgpFilterSpec: Constraint<BGPFilterSpec> = fields<BGPFilterSpec>({
  exportV4: ofIPv4,
  importV4: ofIPv4,
  exportV6: ofIPv6,
  importV6: ofIPv6,
})
