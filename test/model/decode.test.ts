import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Issue, orThrow, printPath } from '../../src/error.js'
import { decode } from '../../src/model/resource.js'

const reads = suite('decode')

const head = { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a' } }
const policy = (spec: unknown): unknown => ({ ...head, spec })
const rule = (fields: object): unknown => policy({ ingress: [{ action: 'Allow', ...fields }] })

const issues = (value: unknown): ReadonlyArray<Issue> => {
  const decoded = decode(value)
  return E.isLeft(decoded) ? decoded.left.issues : []
}

/** Place, rule and hint of the one issue. */
const issue = (value: unknown): string => {
  const [first, ...rest] = issues(value)
  assert.is(rest.length, 0)
  return first === undefined ? 'none' : `${printPath(first.path)} [${first.rule}] ${first.hint ?? ''}`.trim()
}

reads('gives back the value itself when there is nothing to change', () => {
  const value = rule({ protocol: 'TCP', destination: { ports: [80, '90:99', 'http'] } })
  assert.is(orThrow(decode(value)), value)
})

reads('fills in a spec that is left out or null', () => {
  assert.equal(orThrow(decode(head)), policy({}))
  assert.equal(orThrow(decode(policy(null))), policy({}))
})

reads('takes null and undefined for what is left out', () => {
  const spec = { order: null, tier: undefined, ingress: [{ action: 'Allow', source: null, protocol: null }] }
  assert.equal(orThrow(decode(policy(spec))), policy({ ingress: [{ action: 'Allow' }] }))
})

reads('takes an empty namespace for none, in a global resource, too', () => {
  const metadata = { name: 'a', namespace: '' }
  assert.equal(orThrow(decode({ ...head, metadata })).metadata, { name: 'a' })
  const global = decode({ ...head, kind: 'GlobalNetworkPolicy', metadata })
  assert.equal(orThrow(global).metadata, { name: 'a' })
})

reads('takes an empty word of a choice for none', () => {
  const pool = { ...head, kind: 'IPPool', spec: { cidr: '10.0.0.0/16', ipipMode: '' } }
  assert.equal(orThrow(decode(pool)).spec, { cidr: '10.0.0.0/16' })
})

reads('takes an empty label for the empty text', () => {
  const decoded = decode({ ...head, metadata: { name: 'a', labels: { a: null, b: '' } } })
  assert.equal(orThrow(decoded).metadata.labels, { a: '', b: '' })
})

reads('reads numbers as Calico prints them', () => {
  const given = rule({ protocol: '6', destination: { ports: ['080', '8080:8080', '0080:90', 'http'] } })
  const printed = rule({ protocol: 6, destination: { ports: [80, 8080, '80:90', 'http'] } })
  assert.equal(orThrow(decode(given)), printed)
})

reads('leaves the given value as it was', () => {
  const given = Object.freeze({ ...head, spec: Object.freeze({ order: null }) })
  decode(given)
  assert.equal(given.spec, { order: null })
})

reads('refuses an unknown key at any depth, and says which was meant', () => {
  assert.is(issue(policy({ selctor: 'a' })), 'spec.selctor [unknown-key] did you mean "selector"?')
  assert.is(
    issue(rule({ source: { serviceAccounts: { Names: [] } } })),
    'spec.ingress[0].source.serviceAccounts.Names [unknown-key] did you mean "names"?',
  )
  assert.is(
    issue({ ...head, status: {} }),
    'status [unknown-key] its fields are: apiVersion, kind, metadata, spec',
  )
})

reads('names the word that was meant', () => {
  assert.is(issue(rule({ action: 'allow' })), 'spec.ingress[0].action [unknown-value] did you mean "Allow"?')
  assert.is(issue(rule({ protocol: 'tcp' })), 'spec.ingress[0].protocol [unknown-value] did you mean "TCP"?')
  assert.is(issue({ ...head, kind: 'networkpolicy' }), 'kind [unknown-kind] did you mean "NetworkPolicy"?')
})

reads('says how to write what is of the wrong type', () => {
  assert.is(
    issue({ ...head, metadata: { name: 'a', labels: { a: true } } }),
    'metadata.labels.a [wrong-type] put it in quotes',
  )
  assert.is(
    issue(rule({ source: { nets: '10.0.0.0/8' } })),
    'spec.ingress[0].source.nets [wrong-type] write it as a list of one',
  )
  assert.is(
    issue(rule({ destination: { ports: ['90:80'] } })),
    'spec.ingress[0].destination.ports[0] [unknown-value] a number up to 65535, a range such as "8080:8090", or the name of a port',
  )
  assert.is(
    issue({ ...head, kind: 'FelixConfiguration', spec: { netlinkTimeout: 5 } }),
    'spec.netlinkTimeout [unknown-value] give it a unit: "5s"',
  )
})

reads('refuses a namespace of a global resource', () => {
  const global = { ...head, kind: 'GlobalNetworkPolicy', metadata: { name: 'a', namespace: 'b' } }
  assert.is(issue(global), 'metadata.namespace [unknown-value] leave it out')
})

reads('says what is missing', () => {
  assert.is(issue({ ...head, metadata: {} }), 'metadata.name [missing-key]')
  assert.is(issue(policy({ ingress: [{}] })), 'spec.ingress[0].action [missing-key]')
  assert.is(issue(policy({ ingress: [null] })), 'spec.ingress[0] [wrong-type]')
})

reads('tells all issues at once, and of a thousand the first', () => {
  assert.is(issues(policy({ a: 1, b: 2, order: 'x' })).length, 3)
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, index]))
  assert.is(issues(policy(many)).length, 1000)
})

reads('refuses what has no place in JSON', () => {
  const date = new Date(0)
  for (const labels of [new Map([['a', 'b']]), date, new Set(['a']), [], 'a=b', () => 1]) {
    assert.is(issue({ ...head, metadata: { name: 'a', labels } }), 'metadata.labels [wrong-type]')
  }
  assert.is(issue(policy({ order: Number.NaN })), 'spec.order [wrong-type]')
  assert.is(issue(policy({ order: 10n })), 'spec.order [wrong-type]')
})

reads('refuses prototype keys, and pollutes nothing', () => {
  const text = `{"apiVersion":"projectcalico.org/v3","kind":"NetworkPolicy","metadata":{"name":"a","labels":{"__proto__":"x"}},
    "spec":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}`
  const places = issues(JSON.parse(text)).map(({ path }) => printPath(path))
  assert.equal(places.sort(), ['metadata.labels.__proto__', 'spec.__proto__', 'spec.constructor'])
  assert.is(Reflect.get({}, 'polluted'), undefined)
})

reads('takes own fields only: what an object inherits would not be printed', () => {
  const inherited: unknown = Object.assign(Object.create({ order: 1 }), { selector: 'all()' })
  assert.equal(orThrow(decode(policy(inherited))).spec, { selector: 'all()' })
})

reads('survives getters that throw and lists that claim a length', () => {
  const trap = Object.defineProperty({ ...head }, 'spec', {
    enumerable: true,
    get: () => {
      throw new Error('trap')
    },
  })
  assert.is(issue(trap), '[wrong-type]')
  assert.is(
    issue(rule({ source: { nets: new Array(4_000_000_000) } })),
    'spec.ingress[0].source.nets[0] [missing-key]',
  )
})

reads.run()
