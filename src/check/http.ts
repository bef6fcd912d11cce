import type { HTTPMatch, HTTPPath } from '../model/rule.js'
import { all, type Constraint, each, fields, none, rule, unless } from './constraint.js'
import { quoted } from './dns-name.js'
import { atMost, distinct } from './list.js'
import { api, validator } from './source.js'

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
