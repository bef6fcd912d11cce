import type { EntityRule } from '../model/entity-rule.js'
import type { Rule, RuleMetadata } from '../model/rule.js'
import { all, type Constraint, fields } from './constraint.js'
import { entityRule } from './entity-rule.js'
import { http } from './http.js'
import { icmp } from './icmp.js'
import { annotations } from './metadata.js'
import { protocol } from './protocol.js'
import { families } from './rule-family.js'
import { ruleHttp } from './rule-http.js'
import { ruleIcmp } from './rule-icmp.js'
import { rulePorts } from './rule-ports.js'
import { servicesWithoutPorts } from './service.js'

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
