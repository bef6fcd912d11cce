import type { Release } from '../../model/calico-version.js'
import type { EntityRule, ServiceMatch } from '../../model/policy/entity-rule.js'
import { api, validator } from '../engine/calico-source.js'
import {
  all,
  type CheckRule,
  type Constraint,
  fields,
  given,
  otherwise,
  rule,
  unless,
} from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { reference } from '../value/reference.js'

const needsName: Constraint<ServiceMatch> = rule(
  {
    name: 'services-need-name',
    what: 'A match on services has no name.',
    remedy: 'set the name of the service, or match its pods with a selector',
    source: validator('validateEntityRule'),
  },
  ({ name = '' }) => unless(name !== '', () => ({ message: 'services.name is not set' })),
)

const length: Constraint<string> = rule(
  {
    name: 'service-name-too-long',
    what: 'The name or namespace of a service has more than 253 characters.',
    remedy: 'correct it: no service can have such a name',
    source: api('policy_common.go, ServiceMatch'),
    by: 'API server',
    since: '3.33',
  },
  (text) =>
    unless(text.length <= 253, () => ({
      message: `the name has ${text.length} characters: at most 253 are allowed`,
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
      what: 'A match on services is combined with selectors, nets or service accounts.',
      remedy: 'split the rule in two, one for the service and one for the rest',
      source: validator('validateEntityRule'),
    },
    (entity) =>
      others
        .filter((key) => isGiven(entity[key]))
        .map((key) => ({ at: [key], message: `${key} cannot be combined with services` })),
  ),
)

/** For destinations. */
export const servicesWithoutPorts: Constraint<EntityRule> = given(
  'services',
  rule(
    {
      name: 'services-with-ports',
      what: 'The destination of a rule has both services and ports.',
      remedy: "remove the ports: Calico uses the service's own",
      source: validator('validateRule'),
    },
    (entity) =>
      (['ports', 'notPorts'] as const)
        .filter((key) => isGiven(entity[key]))
        .map((key) => ({ at: [key], message: `${key} cannot be combined with services in a destination` })),
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
  'services is used in the source of an egress rule.',
  'move services to the destination: an egress rule is about where traffic goes',
)

export const noServicesInIngressSource: Constraint<EntityRule> = never(
  'services-in-ingress-source',
  'services is used in the source of an ingress rule: Calico accepts that from 3.21 on.',
  'select the pods by their labels',
  '3.21',
)

export const noServicesInIngressDestination: Constraint<EntityRule> = never(
  'services-in-ingress-destination',
  'services is used in the destination of an ingress rule.',
  "move services to the source, or select the policy's own pods by label",
)

const needsNamespace = (info: Omit<CheckRule, 'name'>): Constraint<EntityRule> =>
  given(
    'services',
    rule({ name: 'services-need-namespace', ...info }, ({ services }) =>
      unless((services?.namespace ?? '') !== '', () => ({
        at: ['services', 'namespace'],
        message: `the namespace of the service ${quoted(services?.name ?? '')} is not set`,
      })),
    ),
  )

/** For global policies, which are in no namespace. */
export const servicesNeedNamespace: Constraint<EntityRule> = needsNamespace({
  what: 'A policy matches a service without naming its namespace.',
  remedy: 'set services.namespace: a global policy has no namespace of its own',
  source: validator('validateGlobalNetworkPolicy'),
})

/** For policies of a namespace: Calico looks for the service in no namespace, not in the policy's own. */
export const servicesNameNamespace: Constraint<EntityRule> = needsNamespace({
  what: 'A policy matches a service without naming its namespace.',
  remedy: "set services.namespace, even to the policy's own: without it, the rule matches nothing",
  source: 'libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go, RuleAPIV2ToBackend',
  by: 'typed-calico',
})
