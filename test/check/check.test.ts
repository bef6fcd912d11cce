import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type CheckOptions, check, checkRules } from '../../src/check/check.js'
import { explain, type Invalid, printPath } from '../../src/error.js'
import { newestMinor, oldestMinor } from '../../src/model/calico-version.js'
import { codecs, decode, type Resource } from '../../src/model/resource.js'
import { kind, valid } from '../model/arbitrary.js'
import { globalPolicy, ingress, named, networkPolicy, of } from './cases/case.js'

const decoded = (value: object): Resource => {
  const result = decode(value)
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left.issues))
  return result.right
}

const refusal = (value: object, options: CheckOptions = { calico: '3.28' }): Invalid => {
  const result = check(decoded(value), options)
  if (E.isRight(result)) throw new Error('it is taken')
  return result.left
}

const rules = (value: object, options?: CheckOptions): ReadonlyArray<string> =>
  refusal(value, options).issues.map((issue) => issue.rule)

const checking = suite('check')

checking('returns the resource itself', () => {
  const policy = decoded(named('a'))
  assert.equal(check(policy), E.right(policy))
})

checking('tells all issues at once, each with its place', () => {
  const policy = networkPolicy(
    {
      tier: 'x',
      types: ['Ingress', 'Ingress'],
      selector: "role = 'web'",
      ingress: [
        { action: 'Allow', source: { nets: ['10.0.0.1/8', 'fd00::/8'], ports: [80] } },
        { action: 'Deny', http: {}, destination: { services: { name: 'Api' } } },
      ],
    },
    { name: 'A', labels: { 'a b': '-' } },
  )
  const found = refusal(policy).issues.map(({ path, rule }) => `${printPath(path)} ${rule}`)
  assert.equal([...found].sort(), [
    'metadata.labels["a b"] label-key',
    'metadata.labels["a b"] label-value',
    'metadata.name name-format',
    'spec.ingress[0].source.nets[0] net-host-bits',
    'spec.ingress[0].source.nets[1] nets-one-family',
    'spec.ingress[0].source.ports ports-need-protocol',
    'spec.ingress[1].destination.services services-in-ingress-destination',
    'spec.ingress[1].destination.services.name reference-format',
    'spec.ingress[1].http http-only-allow',
    'spec.selector selector-operator',
    'spec.tier newer-field',
    'spec.types[1] types-repeat',
  ])
})

checking('names the resource in each issue', () => {
  const policy = networkPolicy({ selector: 'a' })
  assert.is(refusal(policy).issues[0].resource, 'NetworkPolicy(shop/a)')
  assert.is(refusal(globalPolicy({ selector: 'a' })).issues[0].resource, 'GlobalNetworkPolicy(a)')
})

checking('keeps the caret of a selector', () => {
  const [issue] = refusal(ingress({ source: { selector: "role = 'web'" } })).issues
  assert.is(issue.frame, "role = 'web'\n     ^")
  assert.is(printPath(issue.path), 'spec.ingress[0].source.selector')
})

checking('is explained in words, with what to do', () => {
  const text = explain(refusal(ingress({ source: { nets: ['10.0.0.1'] } })))
  assert.is(
    text,
    [
      'Invalid: 1 issue',
      '  NetworkPolicy(shop/a) · spec.ingress[0].source.nets[0]: "10.0.0.1" has no prefix length [net-needs-length]',
      '    → write 10.0.0.1/32',
    ].join('\n'),
  )
})

checking('suggests what was meant', () => {
  const hint = (value: object) => refusal(value).issues[0].hint
  assert.is(hint(named('My_Policy!')), 'such as "my-policy"')
  assert.is(hint(named('a.b')), 'such as "a-b"')
  assert.is(hint(ingress({ source: { nets: ['10.1.2.3/8'] } })), 'did you mean 10.0.0.0/8?')
  assert.is(hint(ingress({ source: { nets: ['fd00:1::1/64'] } })), 'did you mean fd00:1::/64?')
  assert.is(
    hint(ingress({ protocol: 'TCP', destination: { ports: ['80-90'] } })),
    'a range is written "80:90"',
  )
})

checking('takes a resourceVersion for what is applied or replaced', () => {
  const read = decoded(named('a', { resourceVersion: '7' }))
  assert.ok(E.isLeft(check(read)))
  assert.ok(E.isRight(check(read, { command: 'apply' })))
  assert.ok(E.isRight(check(read, { command: 'replace' })))
})

checking('takes a node that is updated, but no profile', () => {
  assert.equal(rules(of('Node')({})), ['read-only-kind'])
  assert.ok(E.isRight(check(decoded(of('Node')({})), { command: 'apply' })))
  assert.equal(rules(of('Profile')({}), { command: 'apply' }), ['read-only-kind'])
})

checking('takes another name of the controllers for what is replaced', () => {
  const other = decoded(of('KubeControllersConfiguration')({ controllers: {} }))
  assert.ok(E.isLeft(check(other)))
  assert.ok(E.isRight(check(other, { command: 'replace' })))
})

checking('checks for the newest Calico when none is given', () => {
  const named_ = ingress({ destination: { ports: ['http'] } })
  assert.ok(E.isRight(check(decoded(named_))))
  assert.equal(rules(named_, { calico: 'v3.28.5' }), ['named-ports-need-protocol'])
})

checking('refuses a version that it does not know', () => {
  assert.equal(rules(named('a'), { calico: '3.19' }), ['old-calico'])
  assert.equal(rules(named('a'), { calico: 'latest' }), ['calico-version'])
  assert.ok(E.isRight(check(decoded(named('a')), { calico: '3.99' })))
})

checking('has no two rules of one name that mean different things', () => {
  const meanings = new Map<string, string>()
  for (const { name, what } of checkRules) {
    assert.is(meanings.get(name) ?? what, what, name)
    meanings.set(name, what)
  }
})

const anyVersion = fc.integer({ min: oldestMinor, max: newestMinor }).map((minor) => `3.${minor}`)
const anyResource = kind.chain((one) => valid(codecs[one].schema)) as fc.Arbitrary<Resource>

checking('never throws on what decodes, and says the same twice', () => {
  fc.assert(
    fc.property(anyResource, anyVersion, (resource, calico) => {
      assert.equal(check(resource, { calico }), check(resource, { calico }))
    }),
    { numRuns: 2000 },
  )
})

checking('leaves the resource as it was', () => {
  fc.assert(
    fc.property(anyResource, (resource) => {
      const before = JSON.stringify(resource)
      check(resource)
      assert.is(JSON.stringify(resource), before)
    }),
  )
})

checking('points only to places that a person can find', () => {
  const exists = (value: unknown, path: ReadonlyArray<string | number>): boolean =>
    path.length <= 1 ||
    (typeof value === 'object' && value !== null && exists(Reflect.get(value, path[0] ?? ''), path.slice(1)))
  fc.assert(
    fc.property(anyResource, anyVersion, (resource, calico) => {
      const result = check(resource, { calico })
      if (E.isLeft(result)) {
        for (const { path } of result.left.issues) assert.ok(exists(resource, path), printPath(path))
      }
    }),
    { numRuns: 1000 },
  )
})

checking('takes linear time for a policy of many faults, and tells the first thousand', () => {
  const faults = Array.from({ length: 50_000 }, () => 'x')
  const policy = decoded(
    ingress({ protocol: 'TCP', source: { nets: faults }, destination: { nets: faults } }),
  )
  const result = check(policy)
  assert.is(E.isLeft(result) && result.left.issues.length, 1_000)
})

checking('offers a name that loses nothing of the one that is given', () => {
  const hints = (policyName: string, spec: object, calico: string) => {
    const policy = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: policyName },
      spec,
    } as const
    const checked = check(policy, { calico })
    return E.isLeft(checked) ? checked.left.issues.map(({ hint }) => hint) : []
  }
  assert.equal(hints('gardener.cloud--x', {}, '3.30'), ['name it "gardener-cloud--x"'])
  assert.equal(hints('gardener.cloud--x', {}, '3.28'), ['such as "gardener-cloud--x"'])
  assert.equal(hints('gardener.cloud--x', { tier: 'ops' }, '3.30'), ['name it "ops.gardener-cloud--x"'])
  assert.equal(hints('web', { tier: 'ops' }, '3.30'), ['name it "ops.web"'])
})

checking('refuses what is no resource', () => {
  const failureOf = (value: unknown): string | undefined => {
    const checked = check(value as Resource)
    return E.isLeft(checked) ? checked.left.issues[0].rule : undefined
  }
  const tier = { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 'a' } }
  for (const value of [
    undefined,
    null,
    5,
    'text',
    [],
    {},
    { kind: 'NetworkPolicy' },
    tier,
    { ...tier, spec: null },
  ])
    assert.is(failureOf(value), 'wrong-type')
})

checking.run()
