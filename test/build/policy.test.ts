import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../src/build/global-network-policy.js'
import { networkPolicy } from '../../src/build/network-policy.js'
import { egress, ingress } from '../../src/build/rule.js'
import { defaultTypes } from '../../src/model/policy/policy.js'
import { eq, has } from '../../src/selector/condition.js'

const policies = suite('a policy')

policies('writes out the namespace of a service that it shares', () => {
  const services = { name: 'web' }
  const { spec } = networkPolicy('api', 'shop')
    .allowIngress({ source: { services } })
    .allowEgress({ destination: { services: { name: 'dns', namespace: 'kube-system' } } })
    .egress(egress.deny({ destination: { services } }))
  assert.equal(spec.ingress?.[0]?.source?.services, { name: 'web', namespace: 'shop' })
  assert.equal(spec.egress?.[0]?.destination?.services, { name: 'dns', namespace: 'kube-system' })
  assert.equal(spec.egress?.[1]?.destination?.services, { name: 'web', namespace: 'shop' })
  assert.equal(services, { name: 'web' })
})

const policy = networkPolicy('api', 'shop')

policies('sets each field by the method of its name', () => {
  const built = policy
    .tier('guardrails')
    .order(0)
    .selector(eq('role', 'api'))
    .serviceAccountSelector(has('team'))
    .performanceHints('AssumeNeededOnEveryNode')
    .types('Egress')
  assert.equal(built.spec, {
    tier: 'guardrails',
    order: 0,
    selector: 'role == "api"',
    serviceAccountSelector: 'has(team)',
    performanceHints: ['AssumeNeededOnEveryNode'],
    types: ['Egress'],
  })
})

policies('takes the last of several values', () => {
  assert.equal(policy.order(1).order(2).selector('has(a)').selector('has(b)').spec, {
    types: ['Ingress'],
    order: 2,
    selector: 'has(b)',
  })
})

policies('adds rules in the order of the calls', () => {
  const { spec } = policy
    .allowIngress({ protocol: 'TCP' })
    .denyIngress()
    .logIngress()
    .passIngress()
    .ingress(ingress.allow(), ingress.deny())
    .allowEgress({ protocol: 'UDP' })
    .denyEgress()
    .logEgress()
    .passEgress()
    .egress(egress.allow(), egress.deny())
  assert.equal(spec.ingress, [
    { action: 'Allow', protocol: 'TCP' },
    { action: 'Deny' },
    { action: 'Log' },
    { action: 'Pass' },
    { action: 'Allow' },
    { action: 'Deny' },
  ])
  assert.equal(spec.egress, [
    { action: 'Allow', protocol: 'UDP' },
    { action: 'Deny' },
    { action: 'Log' },
    { action: 'Pass' },
    { action: 'Allow' },
    { action: 'Deny' },
  ])
})

policies('is the same without rules to add', () => {
  assert.is(policy.ingress(), policy)
  assert.is(policy.egress(...[]), policy)
})

policies('sets what only global policies have', () => {
  const global = globalNetworkPolicy('hosts').namespaceSelector(has('team')).applyOnForward()
  assert.equal(global.doNotTrack().spec, {
    types: ['Ingress'],
    namespaceSelector: 'has(team)',
    applyOnForward: true,
    doNotTrack: true,
  })
  assert.equal(global.preDNAT().spec, {
    types: ['Ingress'],
    namespaceSelector: 'has(team)',
    applyOnForward: true,
    preDNAT: true,
  })
})

policies('has no method of a global policy in a namespace', () => {
  assert.is('preDNAT' in policy, false)
  assert.is('namespaceSelector' in policy, false)
})

policies('takes the types that Calico would, until they are given', () => {
  const rules = fc.array(fc.constantFrom('ingress', 'egress'), { maxLength: 4 })
  fc.assert(
    fc.property(rules, (directions) => {
      const built = directions.reduce(
        (from, direction) => (direction === 'ingress' ? from.allowIngress() : from.denyEgress()),
        policy,
      )
      assert.equal(built.spec.types, defaultTypes(built.spec))
      assert.equal(built.order(1).labels({}).spec.types, defaultTypes(built.spec))
    }),
  )
})

policies('never touches types that were given, even those it would have taken', () => {
  assert.equal(policy.types('Ingress').allowEgress().spec.types, ['Ingress'])
  assert.equal(policy.types('Ingress', 'Egress').allowIngress().spec.types, ['Ingress', 'Egress'])
  assert.equal(policy.allowEgress().types('Egress').allowIngress().spec.types, ['Egress'])
  assert.equal(policy.types('Ingress').order(1).labels({}).stage().denyEgress().spec.types, ['Ingress'])
})

policies('leaves every policy on the way as it was', () => {
  const calls = [
    (from: typeof policy) => from.allowIngress({ protocol: 'TCP' }),
    (from: typeof policy) => from.denyEgress(),
    (from: typeof policy) => from.order(3),
    (from: typeof policy) => from.types('Egress'),
    (from: typeof policy) => from.labels({ a: 'b' }),
    (from: typeof policy) => from.ingress(ingress.log(), ingress.deny()),
    (from: typeof policy) => from.stage('Learn').enforce(),
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...calls), { maxLength: 8 }), (chain) => {
      const steps = [policy]
      const texts = [JSON.stringify(policy)]
      for (const call of chain) {
        const next = call(steps.at(-1) ?? policy)
        steps.push(next)
        texts.push(JSON.stringify(next))
      }
      assert.equal(
        steps.map((step) => JSON.stringify(step)),
        texts,
      )
    }),
  )
})

policies.run()
