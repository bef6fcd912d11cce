import type { Release } from '../../model/calico-version.js'
import type { EntityRule, ServiceMatch } from '../../model/entity-rule.js'
import { api, validator } from '../engine/calico-source.js'
import { all, type Constraint, fields, given, otherwise, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { reference } from '../value/reference.js'

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
export const servicesAlone: Constraint<EntityRule> = given(
  'services',
  rule(
    {
      name: 'services-exclusive',
      what: 'A service is matched together with selectors, nets or service accounts.',
      remedy: 'split the rule in two: one for the service, one for the rest',
      source: validator('validateEntityRule'),
    },
    (entity) =>
      others
        .filter((key) => isGiven(entity[key]))
        .map((key) => ({ at: [key], message: `${key} cannot stand beside services` })),
  ),
)

/** For destinations. */
export const servicesWithoutPorts: Constraint<EntityRule> = given(
  'services',
  rule(
    {
      name: 'services-with-ports',
      what: 'A service is the destination, and ports are given.',
      remedy: "leave the ports out: Calico takes the service's own",
      source: validator('validateRule'),
    },
    (entity) =>
      (['ports', 'notPorts'] as const)
        .filter((key) => isGiven(entity[key]))
        .map((key) => ({ at: [key], message: `${key} beside the services of the destination` })),
  ),
)

const directions = validator('validateNetworkPolicy and validateGlobalNetworkPolicy')

const never = (name: string, what: string, remedy: string, until?: Release): Constraint<EntityRule> =>
  given(
    'services',
    rule({ name, what, remedy, source: directions, ...(until === undefined ? {} : { until }) }, () => [
      { at: ['services'], message: what.replace(/\.$/, '') },
    ]),
  )

export const noServicesInEgressSource: Constraint<EntityRule> = never(
  'services-in-egress-source',
  'A service is the source of an egress rule.',
  'only the destination of an egress rule can be a service',
)

export const noServicesInIngressSource: Constraint<EntityRule> = never(
  'services-in-ingress-source',
  'Before Calico 3.21, a service cannot be the source of an ingress rule.',
  'select its pods by their labels',
  '3.21',
)

export const noServicesInIngressDestination: Constraint<EntityRule> = never(
  'services-in-ingress-destination',
  'A service is the destination of an ingress rule.',
  'only the source of an ingress rule can be a service',
)

/** For global policies, which are in no namespace. */
export const servicesNeedNamespace: Constraint<EntityRule> = given(
  'services',
  rule(
    {
      name: 'services-need-namespace',
      what: 'A GlobalNetworkPolicy matches a service without its namespace.',
      remedy: 'give the namespace: a global policy is in none',
      source: validator('validateGlobalNetworkPolicy'),
    },
    ({ services }) =>
      unless((services?.namespace ?? '') !== '', () => ({
        at: ['services', 'namespace'],
        message: `the service ${quoted(services?.name ?? '')} has no namespace`,
      })),
  ),
)
