import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Inputs, inputsOf, levels } from '../../examples/karydia/src/inputs.js'
import { levelPolicies } from '../../examples/karydia/src/levels.js'
import { policies } from '../../examples/karydia/src/policies.js'
import { check, fromKubernetes, orThrow, type Resource } from '../../src/index.js'
import { type Endpoint, verdict } from '../../src/policy/index.js'
import { karydia } from './karydia-policies.js'

const tests = suite("karydia's policies")

const values = (calico: object, more: object = {}) => ({
  features: { defaultNetworkPolicy: false },
  config: {
    cloudProvider: '',
    calico: { nodeCIDR: '10.250.0.0/16', clusterCIDR: '100.64.0.0/10', ...calico },
  },
  release: { name: 'karydia', namespace: 'karydia' },
  ...more,
})

const userNamespaces = ['shop', 'blog']
const inputs = (calico: object, more?: object): Inputs =>
  inputsOf(values({ namespaces: userNamespaces, ...calico }, more))

const pod: fc.Arbitrary<Endpoint> = fc.record({
  _tag: fc.constant('Workload'),
  namespace: fc.constantFrom(...userNamespaces, 'kube-system'),
  labels: fc.constantFrom({}, { 'k8s-app': 'kube-dns' }, { app: 'web' }),
  ip: fc.constantFrom('100.96.0.7', '100.96.1.9'),
})

const address: fc.Arbitrary<Endpoint> = fc.record({
  _tag: fc.constant('Address'),
  ip: fc.constantFrom('169.254.169.254', '100.100.100.200', '10.250.0.4', '100.65.0.1', '93.184.216.34'),
})

const endpoint = fc.oneof(pod, address)
const flow = fc.record({
  from: endpoint,
  to: endpoint,
  protocol: fc.constantFrom('TCP', 'UDP'),
  port: fc.constantFrom(53, 80, 443, 10250),
})

/** The policies that karydia's own controller makes, in each namespace, as Calico sees them. */
const converted = (level: (typeof levels)[number]): ReadonlyArray<Resource> =>
  userNamespaces.map((namespace) => orThrow(fromKubernetes(karydia(level, namespace))))

for (const level of levels) {
  tests(`${level} decides as karydia's own policies do, converted as Calico converts them`, () => {
    const [ours, theirs] = [levelPolicies(inputs({ level })), converted(level)]
    fc.assert(
      fc.property(flow, (tried) => {
        assert.is(verdict(ours, tried).decision, verdict(theirs, tried).decision)
      }),
      { numRuns: 2000 },
    )
  })
}

const from = { _tag: 'Workload', namespace: 'shop' } as const
const allowAll = (namespace: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'allow-all', namespace },
  spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] },
})

for (const [calico, level] of [
  ['3.28', 'L1'],
  ['3.29', 'L1'],
  ['3.31', ''],
] as const) {
  tests(
    `the guards hold whatever a namespace allows itself, in Calico ${calico}, level ${level || 'none'}`,
    () => {
      const all = [...policies(inputs({ level }), calico), orThrow(fromKubernetes(allowAll('shop')))]
      const decision = (ip: string, port: number) =>
        verdict(all, { from, to: { _tag: 'Address', ip }, protocol: 'TCP', port }).decision
      assert.is(decision('169.254.169.254', 80), 'denied')
      assert.is(decision('10.250.0.4', 10250), 'denied')
      assert.is(decision('10.250.0.4', 443), 'allowed')
      assert.is(decision('93.184.216.34', 443), 'allowed')
    },
  )
}

tests('a tier that passes on cuts nothing off that has no other policy', () => {
  const all = policies(inputs({}), '3.29')
  const flow = { from, to: { _tag: 'Address', ip: '93.184.216.34' }, protocol: 'TCP', port: 443 } as const
  assert.is(verdict(all, flow).decision, 'allowed')
})

tests('refuses denials alone before Calico 3.29, unless karydia has policies of its own', () => {
  assert.throws(() => policies(inputs({}), '3.28'), /denials alone would cut all pods off/)
  const reconciled = inputs({}, { features: { defaultNetworkPolicy: true } })
  assert.ok(policies(reconciled, '3.28').length > 0)
})

for (const calico of ['3.28', '3.29', '3.31']) {
  tests(`all of it passes Calico's checks in ${calico}`, () => {
    for (const level of levels) {
      for (const policy of policies(inputs({ level, hostEndpoints: true }), calico)) {
        const checked = check(policy, { calico })
        assert.ok(E.isRight(checked), JSON.stringify(checked))
      }
    }
  })
}

tests('restricts what comes to hosts, never what they send', () => {
  for (const calico of ['3.28', '3.29']) {
    const host = policies(inputs({ level: 'L1', hostEndpoints: true }), calico).find(({ metadata }) =>
      metadata.name.endsWith('host-ingress'),
    )
    assert.equal(host !== undefined && 'types' in host.spec && host.spec.types, ['Ingress'])
  }
})

tests('knows where each cloud answers', () => {
  const metadata = (cloudProvider: string) =>
    inputs({}, { config: { cloudProvider, calico: { nodeCIDR: '10.250.0.0/16' } } }).metadata
  assert.equal(metadata('AWS'), ['169.254.169.254/32', 'fd00:ec2::254/128'])
  assert.equal(metadata('GCP'), ['169.254.169.254/32'])
  assert.equal(metadata('AliCloud'), ['100.100.100.200/32'])
  assert.is(metadata('').length, 3)
  assert.throws(() => metadata('moon'), /moon is none of/)
})

tests('refuses values that it would have to guess', () => {
  assert.throws(() => inputs({ nodeCIDR: '' }), /nodeCIDR is missing/)
  assert.throws(() => inputs({ nodeCidr: '10.0.0.0/8' }), /nodeCidr is not known/)
  assert.throws(() => inputs({ level: 'L4' }), /L4 is none of/)
  assert.throws(() => inputs({ level: 'L1' }, { features: { defaultNetworkPolicy: true } }), /either allows/)
})

tests.run()
