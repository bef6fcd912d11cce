import type { Rule, RuleMetadata } from '../model/rule.js'
import { all, type Constraint, fields } from './constraint.js'
import { entityRule } from './entity-rule.js'
import { http } from './http.js'
import { icmp } from './icmp.js'
import { annotations } from './metadata.js'
import { protocol } from './protocol.js'
import { families } from './rule-family.js'
import { matchesProtocol } from './rule-protocol.js'

/** A rule of a policy, in either direction. */
export const ruleOfPolicy: Constraint<Rule> = all(
  fields<Rule>({
    metadata: fields<RuleMetadata>({ annotations }),
    protocol,
    icmp,
    notProtocol: protocol,
    notICMP: icmp,
    source: entityRule,
    destination: entityRule,
    http,
  }),
  matchesProtocol,
  families,
)
