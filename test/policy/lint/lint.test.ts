import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { check } from '../../../src/check/check.js'
import { printPath } from '../../../src/error.js'
import {
  allowWithinNamespace,
  blockMetadata,
  defaultDeny,
  guardrails,
  isolateNamespace,
  protectNodes,
} from '../../../src/index.js'
import {
  type Linted,
  type LintOptions,
  lint,
  lintRules,
  printFindings,
} from '../../../src/policy/lint/lint.js'
import { cases } from './cases.js'

const test = suite('lint')

const found = (resources: ReadonlyArray<Linted>, options?: LintOptions): ReadonlyArray<string> =>
  lint(resources, options).map(({ resource, path, rule }) => `${rule} ${resource} ${printPath(path)}`)

for (const { name, finds, resources, world, isRefused } of cases) {
  test(`${finds.length === 0 ? 'takes' : 'finds'} ${name}`, () => {
    for (const resource of resources)
      if (resource.apiVersion === 'projectcalico.org/v3' && isRefused !== true)
        assert.ok(E.isRight(check(resource, { calico: '3.31' })), JSON.stringify(check(resource)))
    assert.equal(found(resources, world && { world }), finds)
  })
}

test("throws for what is not of the shape of its kind, with the place, and passes over what is none of Calico's", () => {
  const metadata = { name: 'a', namespace: 'shop' }
  const calico = { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy' }
  const thrown = (value: unknown): string => {
    try {
      return JSON.stringify(lint([value as Linted]))
    } catch (error) {
      return String(error)
    }
  }
  assert.is(thrown({ ...calico, metadata }), '[]')
  assert.match(thrown({ ...calico, spec: {} }), 'metadata: ')
  assert.match(thrown({ ...calico, metadata, spec: { ingress: [5] } }), 'spec.ingress[0]: ')
  for (const passed of [null, 5, { kind: 'NetworkPolicy' }, { apiVersion: 'v1', kind: 'Pod', metadata }])
    assert.is(thrown(passed), '[]')
})

test('has a case and a neighbour that passes for every rule', () => {
  for (const { name } of lintRules) {
    assert.ok(
      cases.some(({ finds }) => finds.some((it) => it.startsWith(`${name} `))),
      name,
    )
  }
  assert.ok(cases.filter(({ finds }) => finds.length === 0).length >= lintRules.length)
})

test('says what is wrong and what to do, with the source', () => {
  const [finding] = lint(cases[0]?.resources ?? [])
  assert.equal(finding, {
    rule: 'rule-shadowed',
    resource: 'NetworkPolicy(shop/api)',
    path: ['spec', 'ingress', 1],
    message: 'the rule never acts: ingress[0] denies everything it could match',
    hint: 'move it before ingress[0], or remove it',
    source: 'felix/rules/endpoints.go, endpointIptablesChain',
    index: 0,
  })
})

test('prints findings as check prints issues', () => {
  assert.is(
    printFindings(lint(cases[0]?.resources ?? [])),
    `1 finding
  NetworkPolicy(shop/api) · spec.ingress[1]: the rule never acts: ingress[0] denies everything it could match [rule-shadowed]
    → move it before ingress[0], or remove it`,
  )
})

test('has nothing to say of what the recipes make', () => {
  const [deny, guards] = [defaultDeny({ except: ['karydia'] }), guardrails()]
  const others = [blockMetadata(), protectNodes({ nets: ['10.250.0.0/16'] })]
  assert.equal(found([deny, guards, ...others, isolateNamespace('shop'), allowWithinNamespace('bank')]), [])
})

test('does not fail on what check refuses', () => {
  const apiVersion = 'projectcalico.org/v3' as const
  const rule = { action: 'Deny', source: { selector: '((', nets: ['x/y'], ports: ['9:1'] } } as const
  const spec = { tier: '', order: Number.NaN, selector: 'a =', ingress: [rule, rule], egress: [rule] }
  const policy = { apiVersion, kind: 'GlobalNetworkPolicy', metadata: { name: '' }, spec } as const
  assert.equal(lint([policy, policy]), [])
})

test.run()
