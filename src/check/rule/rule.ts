import type { EntityRule, ServiceAccountMatch } from '../../model/policy/entity-rule.js'
import type { Rule, RuleMetadata } from '../../model/policy/rule.js'
import { api, apimachinery } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { isDnsSubdomain } from '../value/dns-name.js'
import { annotations } from '../value/metadata.js'
import { notNets, ruleNets } from '../value/net.js'
import { ports } from '../value/port.js'
import { protocol } from '../value/protocol.js'
import { anySelector, namespaceSelector, selector } from '../value/selector.js'
import { asSet, atMost, setSince } from '../value/text-number-list.js'
import { families } from './rule-family.js'
import { http, ruleHttp } from './rule-http.js'
import { icmp, ruleIcmp } from './rule-icmp.js'
import { rulePorts } from './rule-ports.js'
import { services, servicesAlone, servicesWithoutPorts } from './service.js'

const longestName = 253
const bounds = { source: api('policy_common.go, EntityRule'), since: '3.33', by: 'API server' } as const
const fewNets = atMost(256, 'nets', bounds)
const fewPorts = atMost(50, 'ports', bounds)

/** Felix makes a selector of the names, and Kubernetes has no account of another name. */
const serviceAccountNames: Constraint<ReadonlyArray<string>> = each(
  rule(
    {
      name: 'service-account-name',
      what: 'The name of a service account is not a valid DNS name.',
      remedy: 'use the name of a service account: lower-case letters, digits, "-" and "."',
      source: apimachinery('IsDNS1123Subdomain'),
      by: 'typed-calico',
    },
    (name) =>
      unless(name.length <= longestName && isDnsSubdomain(name), () => ({
        message: `no service account can be named ${quoted(name)}`,
      })),
  ),
)

/** One end of the traffic. */
const entityRule: Constraint<EntityRule> = all(
  fields<EntityRule>({
    nets: all(ruleNets, asSet, fewNets),
    selector,
    namespaceSelector,
    ports: all(ports, fewPorts),
    notNets: all(ruleNets, notNets, setSince('3.33'), fewNets),
    notSelector: anySelector,
    notPorts: all(ports, fewPorts),
    serviceAccounts: fields<ServiceAccountMatch>({
      names: all(asSet, serviceAccountNames),
      selector: anySelector,
    }),
    services,
  }),
  servicesAlone,
)

/** What the ends of a rule must keep to in its direction, and in its kind of policy. */
export interface Ends {
  readonly source: Constraint<EntityRule>
  readonly destination: Constraint<EntityRule>
}

/** A rule of a policy. */
export const ruleWith = ({ source, destination }: Ends): Constraint<Rule> =>
  all(
    fields<Rule>({
      metadata: fields<RuleMetadata>({ annotations }),
      protocol,
      icmp,
      notProtocol: protocol,
      notICMP: icmp,
      source: all(entityRule, source),
      destination: all(entityRule, servicesWithoutPorts, destination),
      http,
    }),
    rulePorts,
    ruleHttp,
    ruleIcmp,
    families,
  )
