import type { EntityRule, ServiceAccountMatch } from '../model/entity-rule.js'
import { all, type Constraint, fields } from './constraint.js'
import { asSet, atMost } from './list.js'
import { notNets, ruleNets } from './net.js'
import { ports } from './port.js'
import { anySelector, namespaceSelector, selector } from './selector.js'
import { services, servicesAlone } from './service.js'
import { api } from './source.js'

const bounds = { source: api('policy_common.go, EntityRule'), since: '3.33' } as const
const fewNets = atMost(256, 'nets', bounds)
const fewPorts = atMost(50, 'ports', bounds)

/** One end of the traffic. */
export const entityRule: Constraint<EntityRule> = all(
  fields<EntityRule>({
    nets: all(ruleNets, asSet, fewNets),
    selector,
    namespaceSelector,
    ports: all(ports, fewPorts),
    notNets: all(ruleNets, notNets, asSet, fewNets),
    notSelector: anySelector,
    notPorts: all(ports, fewPorts),
    serviceAccounts: fields<ServiceAccountMatch>({ names: asSet, selector: anySelector }),
    services,
  }),
  servicesAlone,
)
