import type { EntityRule } from '../../model/policy/entity-rule.js'
import type { Rule } from '../../model/policy/rule.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, none, otherwise, rule } from '../engine/constraint.js'
import { netFamily } from '../value/net.js'

const ends = ['source', 'destination'] as const
const lists = ['nets', 'notNets'] as const

interface Net {
  readonly at: readonly [(typeof ends)[number], (typeof lists)[number], number]
  readonly text: string
  readonly family: 4 | 6
}

const hasIPv6 = (nets: ReadonlyArray<string> | undefined): boolean =>
  nets?.some((text) => text.includes(':')) === true

const mayHaveIPv6 = (end: EntityRule | undefined): boolean =>
  end !== undefined && (hasIPv6(end.nets) || hasIPv6(end.notNets))

/** Whether a net could be of another family than the rule. Without a colon it is IPv4, whatever else it is. */
const mayDiffer = ({ ipVersion, source, destination }: Rule): boolean =>
  ipVersion === 6 || mayHaveIPv6(source) || mayHaveIPv6(destination)

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
    what: 'A rule mixes IPv4 and IPv6 nets.',
    remedy: 'split the rule in two, one for each address family',
    source: validator('validateRule'),
  },
  (value) => {
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
    what: "A net does not belong to the rule's ipVersion.",
    remedy: 'use nets of that family, or change ipVersion',
    source: validator('validateRule'),
  },
  (value) =>
    value.ipVersion === undefined
      ? none
      : netsOf(value)
          .filter(({ family }) => family !== value.ipVersion)
          .map(({ at, text, family }) => ({
            at,
            message: `${text} is IPv${family}, but the rule's ipVersion is ${value.ipVersion}`,
          })),
)

/** All nets of a rule are of one family, and that is the family of its ipVersion. */
export const families: Constraint<Rule> = otherwise((value) => !mayDiffer(value), all(oneFamily, asRule))
