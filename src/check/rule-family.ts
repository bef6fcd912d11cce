import type { EntityRule } from '../model/entity-rule.js'
import type { Protocol } from '../model/protocol.js'
import type { Rule } from '../model/rule.js'
import { all, type CheckRule, type Constraint, none, type Refusal, rule, unless } from './constraint.js'
import { netFamily } from './net.js'
import { api, validator } from './source.js'

const ends = ['source', 'destination'] as const
const lists = ['nets', 'notNets'] as const

interface Net {
  readonly at: readonly [(typeof ends)[number], (typeof lists)[number], number]
  readonly text: string
  readonly family: 4 | 6
}

const isIPv6 = (text: string): boolean => text.includes(':')

/** Whether a net could be of another family than the rule. Without a colon it is IPv4, whatever else it is. */
const mayDiffer = ({ ipVersion, source, destination }: Rule): boolean =>
  ipVersion === 6 ||
  [source?.nets, source?.notNets, destination?.nets, destination?.notNets].some((nets) => nets?.some(isIPv6))

/** Every net of the rule that is one, and its family. */
const netsOf = (value: Rule): ReadonlyArray<Net> => {
  const found: Array<Net> = []
  for (const end of ends) {
    const entity: EntityRule | undefined = value[end]
    if (entity === undefined) continue
    for (const list of lists) {
      entity[list]?.forEach((text, index) => {
        const family = netFamily(text)
        if (family !== undefined) found.push({ at: [end, list, index], text, family })
      })
    }
  }
  return found
}

const oneFamily: Constraint<Rule> = rule(
  {
    name: 'nets-one-family',
    what: 'The nets of a rule are of both families, IPv4 and IPv6.',
    remedy: 'split the rule in two, one for each family',
    source: validator('validateRule'),
  },
  (value) => {
    if (!mayDiffer(value)) return none
    const [first, ...rest] = netsOf(value)
    if (first === undefined) return none
    return rest
      .filter(({ family }) => family !== first.family)
      .map(({ at, text, family }) => ({
        at,
        message: `${text} is IPv${family}, but ${first.text} in the same rule is IPv${first.family}`,
      }))
  },
)

const asRule: Constraint<Rule> = rule(
  {
    name: 'nets-ip-version',
    what: "A net is not of the rule's ipVersion.",
    remedy: 'give nets of that family, or another ipVersion',
    source: validator('validateRule'),
  },
  (value) =>
    value.ipVersion === undefined || !mayDiffer(value)
      ? none
      : netsOf(value)
          .filter(({ family }) => family !== value.ipVersion)
          .map(({ at, text, family }) => ({
            at,
            message: `${text} is IPv${family}, but the rule's ipVersion is ${value.ipVersion}`,
          })),
)

const icmpVersion: CheckRule = {
  name: 'icmp-ip-version',
  what: 'ICMP is not of ipVersion 4, or ICMPv6 not of ipVersion 6.',
  remedy: 'ICMP goes with ipVersion 4, ICMPv6 with 6; or leave ipVersion out',
  source: validator('validateRule'),
}

const versionOf = (versions: ReadonlyMap<Protocol, 4 | 6>, value: Rule): ReadonlyArray<Refusal> => {
  if (value.ipVersion === undefined) return none
  const [given, left] = [value.protocol, value.notProtocol].map((each) =>
    each === undefined ? undefined : versions.get(each),
  )
  const needed = [given, left].find((version) => version !== undefined && version !== value.ipVersion)
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

/** All addresses of a rule are of one family, and that is the family of its ipVersion and its protocol. */
export const families: Constraint<Rule> = all(
  oneFamily,
  asRule,
  rule(icmpVersion, (value: Rule) => versionOf(byName, value)),
  rule({ ...icmpVersion, since: '3.33', source: api('policy_common.go, Rule') }, (value: Rule) =>
    versionOf(byNumber, value),
  ),
)
