import type { EntityRule, ServiceMatch } from '../model/entity-rule.js'
import { all, type Constraint, fields, none, otherwise, type Refusal, rule, unless } from './constraint.js'
import { reference } from './name.js'
import { api, validator } from './source.js'

const needsName: Constraint<ServiceMatch> = rule(
  {
    name: 'services-need-name',
    what: 'A service is matched without its name.',
    remedy: 'name the service: its labels cannot be matched, but those of its pods can, with a selector',
    source: validator('validateEntityRule'),
  },
  ({ name = '' }) => unless(name !== '', () => ({ message: 'services has no name' })),
)

const length: Constraint<string> = rule(
  {
    name: 'service-name-too-long',
    what: 'The name or namespace of a service has more than 253 characters.',
    remedy: 'no service can have that name: correct it',
    source: api('policy_common.go, ServiceMatch'),
    since: '3.33',
  },
  (text) =>
    unless(text.length <= 253, () => ({
      message: `the name has ${text.length} characters: 253 is the most`,
    })),
)

/** Empty is as good as not given. */
const named = (what: string): Constraint<string> =>
  otherwise((text) => text === '', all(reference(what), length))

export const services: Constraint<ServiceMatch> = all(
  needsName,
  fields<ServiceMatch>({ name: named('service'), namespace: named("service's namespace") }),
)

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

const others = ['namespaceSelector', 'selector', 'notSelector', 'serviceAccounts', 'nets', 'notNets'] as const

/** A service stands for its endpoints: nothing else may choose them. */
export const servicesAlone: Constraint<EntityRule> = rule(
  {
    name: 'services-exclusive',
    what: 'A service is matched together with selectors, nets or service accounts.',
    remedy: 'split the rule in two: one for the service, one for the rest',
    source: validator('validateEntityRule'),
  },
  (entity) => {
    if (entity.services === undefined) return none
    const found: Array<Refusal> = []
    for (const key of others) {
      if (isGiven(entity[key])) found.push({ at: [key], message: `${key} cannot stand beside services` })
    }
    return found
  },
)
