import type { Rule } from '../model/rule.js'
import { all, type Constraint, given, rule, unless } from './constraint.js'
import { validator } from './source.js'

const httpNeedsTcp: Constraint<Rule> = rule(
  {
    name: 'http-needs-tcp',
    what: 'HTTP is matched in a rule of another protocol than TCP.',
    remedy: 'set protocol to TCP, or leave it out',
    source: validator('validateRule'),
  },
  ({ protocol }) =>
    unless(protocol === undefined || protocol === 'TCP' || protocol === 6, () => ({
      at: ['protocol'],
      message: `HTTP is matched, but the protocol is ${protocol}`,
    })),
)

const httpByName: Constraint<Rule> = rule(
  {
    name: 'http-protocol-name',
    what: 'Before Calico 3.33, a rule that matches HTTP has its protocol by name.',
    remedy: "write protocol: 'TCP' for 6",
    source: validator('validateRule'),
    until: '3.33',
  },
  ({ protocol }) =>
    unless(protocol !== 6, () => ({
      at: ['protocol'],
      message: 'HTTP is matched, and the protocol is given as 6',
    })),
)

const httpAllows: Constraint<Rule> = rule(
  {
    name: 'http-only-allow',
    what: 'HTTP is matched in a rule that does not allow.',
    remedy: 'allow what is wanted: the rest is denied at the end of the policies',
    source: validator('validateRule'),
  },
  ({ action }) =>
    unless(action === 'Allow', () => ({
      at: ['http'],
      message: `HTTP is matched, but the action is ${action}`,
    })),
)

/** For egress rules. */
export const httpOnIngress: Constraint<Rule> = rule(
  {
    name: 'http-only-ingress',
    what: 'HTTP is matched in an egress rule.',
    remedy: 'match HTTP where the traffic arrives, in an ingress rule of the other side',
    source: validator('validateNetworkPolicy and validateGlobalNetworkPolicy'),
  },
  ({ http }) => unless(http === undefined, () => ({ at: ['http'], message: 'HTTP in an egress rule' })),
)

/** HTTP goes with TCP and with Allow. */
export const ruleHttp: Constraint<Rule> = given('http', all(httpNeedsTcp, httpByName, httpAllows))
