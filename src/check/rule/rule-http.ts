import type { HTTPMatch, HTTPPath, Rule } from '../../model/policy/rule.js'
import { api, validator } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, given, none, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { atMost, distinct } from '../value/text-number-list.js'

const httpNeedsTcp: Constraint<Rule> = rule(
  {
    name: 'http-needs-tcp',
    what: 'http is set in a rule for another protocol than TCP.',
    remedy: 'set protocol to TCP, or remove it',
    source: validator('validateRule'),
  },
  ({ protocol }) =>
    unless(protocol === undefined || protocol === 'TCP' || protocol === 6, () => ({
      at: ['protocol'],
      message: `http is set, but the protocol is ${protocol}`,
    })),
)

const httpByName: Constraint<Rule> = rule(
  {
    name: 'http-protocol-name',
    what: 'http is set with the protocol number 6: before Calico 3.33 the protocol must be given by name.',
    remedy: "write 'TCP' for 6",
    source: validator('validateRule'),
    until: '3.33',
  },
  ({ protocol }) =>
    unless(protocol !== 6, () => ({
      at: ['protocol'],
      message: 'http is set, but the protocol is the number 6',
    })),
)

const httpAllows: Constraint<Rule> = rule(
  {
    name: 'http-only-allow',
    what: 'http is set in a rule whose action is not Allow.',
    remedy: 'allow what you want: the rest is denied at the end of the tier',
    source: validator('validateRule'),
  },
  ({ action }) =>
    unless(action === 'Allow', () => ({
      at: ['http'],
      message: `http is set, but the action is ${action}`,
    })),
)

/** For egress rules. */
export const httpOnIngress: Constraint<Rule> = rule(
  {
    name: 'http-only-ingress',
    what: 'http is set in an egress rule.',
    remedy: 'move http to an ingress rule on the receiving side',
    source: validator('validateNetworkPolicy and validateGlobalNetworkPolicy'),
  },
  ({ http }) =>
    unless(http === undefined, () => ({ at: ['http'], message: 'http is set in an egress rule' })),
)

/** HTTP goes with TCP and with Allow. */
export const ruleHttp: Constraint<Rule> = given('http', all(httpNeedsTcp, httpByName, httpAllows))

const oneOf: Constraint<HTTPPath> = rule(
  {
    name: 'http-path-one-of',
    what: 'An HTTP path sets both exact and prefix, or neither.',
    remedy: 'set one of exact and prefix',
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
    what: 'An HTTP path does not begin with "/", or contains "?", "#" or a space.',
    remedy: 'write only the path, beginning with "/"',
    source: validator('validateHTTPPaths'),
  },
  (path) => {
    if (path === '') return none
    if (!path.startsWith('/')) {
      return [{ message: `the path ${quoted(path)} does not begin with "/"` }]
    }
    const odd = /[ ?#]/.exec(path)
    return odd === null ? none : [{ message: `the path ${quoted(path)} contains ${quoted(odd[0])}` }]
  },
)

const length: Constraint<string> = rule(
  {
    name: 'http-path-too-long',
    what: 'An HTTP path has more than 1024 characters.',
    remedy: 'shorten it, or use prefix',
    source: api('policy_common.go, HTTPPath'),
    by: 'API server',
    since: '3.32',
  },
  (path) =>
    unless(path.length <= 1024, () => ({
      message: `the path has ${path.length} characters: at most 1024 are allowed`,
    })),
)

const text: Constraint<string> = all(format, length)
const path: Constraint<HTTPPath> = all(oneOf, fields<HTTPPath>({ exact: text, prefix: text }))

const methods: Constraint<ReadonlyArray<string>> = all(
  distinct({
    name: 'http-methods-repeat',
    what: 'An HTTP method is listed twice.',
    remedy: 'list each method once',
    source: validator('validateHTTPMethods'),
  }),
  atMost(20, 'methods', { source: api('policy_common.go, HTTPMatch'), since: '3.32' }),
)

export const http: Constraint<HTTPMatch> = fields<HTTPMatch>({
  methods,
  paths: all(each(path), atMost(20, 'paths', { source: api('policy_common.go, HTTPMatch'), since: '3.32' })),
})
