import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { egress, ingress } from '../../src/build/rule.js'
import { and } from '../../src/selector/combination.js'
import { eq, has } from '../../src/selector/condition.js'

const rule = suite('ingress and egress')

rule('make a rule for all traffic without a match', () => {
  assert.equal(ingress.allow(), { action: 'Allow' })
  assert.equal(ingress.deny(), { action: 'Deny' })
  assert.equal(ingress.log(), { action: 'Log' })
  assert.equal(ingress.pass(), { action: 'Pass' })
  assert.equal(egress.allow(), { action: 'Allow' })
  assert.equal(egress.deny(), { action: 'Deny' })
  assert.equal(egress.log(), { action: 'Log' })
  assert.equal(egress.pass({}), { action: 'Pass' })
})

rule('keep the fields of the match as they are', () => {
  const match = {
    protocol: 'TCP',
    ipVersion: 4,
    source: { nets: ['10.0.0.0/8'], notNets: ['10.1.0.0/16'], serviceAccounts: { names: ['web'] } },
    destination: { ports: [80, '9000:9010', 'http'], notPorts: [81] },
    http: { methods: ['GET'], paths: [{ prefix: '/api' }] },
    metadata: { annotations: { why: 'because' } },
  } as const
  assert.equal(ingress.allow(match), { action: 'Allow', ...match })
  assert.equal(Reflect.ownKeys(ingress.allow(match)), ['action', ...Object.keys(match)])
})

rule('write selectors as text, wherever they are', () => {
  const selector = and(eq('role', 'web'), has('env'))
  const text = '(role == "web" && has(env))'
  const end = {
    selector,
    notSelector: selector,
    namespaceSelector: selector,
    serviceAccounts: { selector, names: ['a'] },
  }
  const written = {
    selector: text,
    notSelector: text,
    namespaceSelector: text,
    serviceAccounts: { selector: text, names: ['a'] },
  }
  assert.equal(egress.deny({ source: end, destination: end }), {
    action: 'Deny',
    source: written,
    destination: written,
  })
})

rule('leave selectors in text as they are', () => {
  const source = { selector: "role=='web'", namespaceSelector: 'global()' }
  assert.equal(ingress.allow({ source }).source, source)
})

rule('leave out what is undefined', () => {
  const rule = ingress.allow({ protocol: undefined, source: { services: undefined, nets: ['10.0.0.0/8'] } })
  assert.equal(Object.keys(rule), ['action', 'source'])
  assert.equal(Object.keys(rule.source ?? {}), ['nets'])
})

rule('share no list with who gave it', () => {
  const ports = [80]
  const source = { nets: ['10.0.0.0/8'] }
  const rule = ingress.allow({ protocol: 'TCP', source, destination: { ports } })
  ports.push(81)
  source.nets.pop()
  assert.equal(rule.destination, { ports: [80] })
  assert.equal(rule.source, { nets: ['10.0.0.0/8'] })
})

rule.run()
