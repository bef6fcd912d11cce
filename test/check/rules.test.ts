import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type CheckOptions, check, checkRules } from '../../src/check/check.js'
import { type Issue, printPath } from '../../src/error.js'
import { decode, type Resource } from '../../src/model/resource.js'
import { cases } from './cases/all.js'
import * as kubernetes from './cases/kubernetes.js'

const decoded = (value: object): Resource => {
  const result = decode(value)
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left.issues))
  return result.right
}

const issues = (value: object, options: CheckOptions): ReadonlyArray<Issue> => {
  const result = check(decoded(value), options)
  return E.isLeft(result) ? result.left.issues : []
}

const facts = suite('check')

for (const { rule: expected, fact, refuses, takes, calico = '3.28', takesIn = calico, at } of cases) {
  facts(`refuses ${fact}: ${expected} (${calico})`, () => {
    const found = issues(refuses, { calico })
    assert.equal([...new Set(found.map((issue) => issue.rule))], [expected], JSON.stringify(found))
    if (at !== undefined) assert.is(printPath(found[0]?.path ?? []), at)
    assert.equal(issues(takes, { calico: takesIn }), [])
  })
}

for (const { rule: expected, fact, refuses, takes } of kubernetes.readOnly) {
  facts(`refuses ${fact}: ${expected}, beside that it cannot be created`, () => {
    const rules = (value: object) => issues(value, {}).map((issue) => issue.rule)
    assert.equal(rules(refuses), ['read-only-kind', expected])
    assert.equal(rules(takes), ['read-only-kind'])
  })
}

facts('refuses an order that JSON cannot hold: order-finite', () => {
  const policy = decoded({
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'a' },
  })
  const endless = { ...policy, spec: { order: Number.POSITIVE_INFINITY } } as Resource
  const result = check(endless)
  assert.equal(E.isLeft(result) && result.left.issues.map((issue) => issue.rule), ['order-finite'])
})

facts('has a case for every rule', () => {
  const witnessed = new Set([...cases, ...kubernetes.readOnly].map((one) => one.rule))
  const bare = checkRules.map((one) => one.name).filter((one) => !witnessed.has(one))
  assert.equal([...new Set(bare)], ['read-only-kind', 'order-finite'])
})

facts('gives each issue a message, a remedy and a source', () => {
  for (const one of cases) {
    for (const issue of issues(one.refuses, { calico: one.calico ?? '3.28' })) {
      assert.ok(issue.message.length > 5 && (issue.hint ?? '') !== '', JSON.stringify(issue))
      assert.match(issue.source ?? '', /[./]/)
      assert.is(typeof issue.resource, 'string')
    }
  }
})

facts.run()
