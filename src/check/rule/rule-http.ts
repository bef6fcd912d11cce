import type { HTTPMatch, HTTPPath, Rule } from '../../model/rule.js'
import { api, validator } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, given, none, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { atMost, distinct } from '../value/text-number-list.js'

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

const oneOf: Constraint<HTTPPath> = rule(
  {
    name: 'http-path-one-of',
    what: 'A path of HTTP has both or none of exact and prefix.',
    remedy: 'give one of exact and prefix',
    source: validator('validateHTTPPaths'),
  },
  ({ exact = '', prefix = '' }) =>
    unless((exact === '') !== (prefix === ''), () => ({
      message: exact === '' ? 'the path has neither exact nor prefix' : 'the path has both exact and prefix',
    })),
)

const format: Constraint<string> = rule(
  {
    name: 'http-path-format',
    what: 'A path of HTTP does not begin with "/", or has a query, a fragment or a space.',
    remedy: 'write only the path, from its first "/" on',
    source: validator('validateHTTPPaths'),
  },
  (path) => {
    if (path === '') return none
    if (!path.startsWith('/')) {
      return [{ message: `the path ${quoted(path)} does not begin with "/"` }]
    }
    const odd = /[ ?#]/.exec(path)
    return odd === null ? none : [{ message: `the path ${quoted(path)} has ${quoted(odd[0])}` }]
  },
)

const length: Constraint<string> = rule(
  {
    name: 'http-path-too-long',
    what: 'A path of HTTP has more than 1024 characters.',
    remedy: 'shorten it, or use prefix',
    source: api('policy_common.go, HTTPPath'),
    since: '3.32',
  },
  (path) =>
    unless(path.length <= 1024, () => ({
      message: `the path has ${path.length} characters: 1024 is the most`,
    })),
)

const text: Constraint<string> = all(format, length)
const path: Constraint<HTTPPath> = all(oneOf, fields<HTTPPath>({ exact: text, prefix: text }))

const methods: Constraint<ReadonlyArray<string>> = all(
  distinct({
    name: 'http-methods-repeat',
    what: 'A method of HTTP is listed twice.',
    remedy: 'list each method once',
    source: validator('validateHTTPMethods'),
  }),
  atMost(20, 'methods', { source: api('policy_common.go, HTTPMatch'), since: '3.32' }),
)

export const http: Constraint<HTTPMatch> = fields<HTTPMatch>({
  methods,
  paths: all(each(path), atMost(20, 'paths', { source: api('policy_common.go, HTTPMatch'), since: '3.32' })),
})
