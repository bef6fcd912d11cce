import type { EntityRule } from '../../model/policy/entity-rule.js'
import type { PolicySpec } from '../../model/policy/policy.js'
import { api, validator } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, rule, unless } from '../engine/constraint.js'
import { ruleWith } from '../rule/rule.js'
import { httpOnIngress } from '../rule/rule-http.js'
import {
  noServicesInEgressSource,
  noServicesInIngressDestination,
  noServicesInIngressSource,
  servicesNameNamespace,
} from '../rule/service.js'
import { reference } from '../value/reference.js'
import { selector } from '../value/selector.js'
import { atMost, distinct } from '../value/text-number-list.js'

const typesOnce: Constraint<ReadonlyArray<string>> = distinct({
  name: 'types-repeat',
  what: 'A type of a policy is listed twice.',
  remedy: 'list it once',
  source: validator('validateNetworkPolicy and validateGlobalNetworkPolicy'),
})

const hintsOnce: Constraint<ReadonlyArray<string>> = distinct({
  name: 'performance-hints-repeat',
  what: 'A performance hint is listed twice.',
  remedy: 'list it once',
  source: api('networkpolicy.go, NetworkPolicySpec'),
})

/** The order of a policy or a tier. */
export const order: Constraint<number> = rule(
  {
    name: 'order-finite',
    what: 'An order is infinite or not a number, which JSON cannot express.',
    remedy: 'remove order: the policy then comes last in its tier',
    source: api('networkpolicy.go, NetworkPolicySpec'),
  },
  (value) =>
    unless(Number.isFinite(value), () => ({ message: `the order ${value} cannot be written in JSON` })),
)

const fewRules = atMost(1024, 'rules', {
  source: api('networkpolicy.go, NetworkPolicySpec'),
  since: '3.33',
  by: 'API server',
})

/** The fields that policies share; `services` is what a service in them must keep to. */
export const policyFields = (services: Constraint<EntityRule>) => {
  const ingress = ruleWith({
    source: all(services, noServicesInIngressSource),
    destination: noServicesInIngressDestination,
  })
  const egress = ruleWith({ source: noServicesInEgressSource, destination: services })
  return {
    tier: reference('tier'),
    order,
    selector,
    serviceAccountSelector: selector,
    types: typesOnce,
    performanceHints: hintsOnce,
    ingress: all(each(ingress), fewRules),
    egress: all(each(all(egress, httpOnIngress)), fewRules),
  }
}

/** The spec of a policy for one namespace. */
export const policySpec: Constraint<PolicySpec> = fields<PolicySpec>(policyFields(servicesNameNamespace))
