import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fromKubernetes } from '../../src/convert/from-kubernetes.js'
import { orThrow } from '../../src/error.js'
import { ingress, issues, pods, policy, specOf } from './kubernetes-policy.js'

const convert = suite('fromKubernetes')

convert('keeps name and namespace, and nothing else of the metadata', () => {
  const metadata = { name: 'web', namespace: 'shop', labels: { a: 'b' }, annotations: { c: 'd' }, uid: 'x' }
  assert.equal(orThrow(fromKubernetes(policy({}, metadata))), {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { order: 1000, selector: pods, types: ['Ingress'] },
  })
})

convert('writes selectors as Calico does: labels by name, then expressions as they come', () => {
  const podSelector = {
    matchLabels: { b: '2', a: '' },
    matchExpressions: [
      { key: 'z', operator: 'In', values: ['y', 'x'] },
      { key: 'c', operator: 'NotIn', values: ['d'] },
      { key: 'e', operator: 'Exists' },
      { key: 'f', operator: 'DoesNotExist' },
    ],
  }
  const selector = `${pods} && a == '' && b == '2' && z in { 'y', 'x' } && c not in { 'd' } && has(e) && ! has(f)`
  assert.is(specOf({ podSelector }).selector, selector)
})

convert('says of a list that it is one, and what to do, and nothing else', () => {
  const items = [policy({})]
  const lists = [
    { apiVersion: 'v1', kind: 'List', items },
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', metadata: {}, items },
  ]
  for (const list of lists) assert.equal(issues(list), ['kind kubernetes-list'])
  assert.equal(issues(items), [' kubernetes-list'])
  for (const item of items) assert.equal(issues(item), [])
})

convert('makes one rule of each protocol and peer', () => {
  const ports = [{ port: 53, protocol: 'UDP' }, { port: 80 }, { port: 53 }]
  const from = [{ podSelector: { matchLabels: { a: 'b' } } }, { namespaceSelector: {} }]
  const a = { selector: `${pods} && a == 'b'` }
  const everywhere = { selector: pods, namespaceSelector: 'all()' }
  assert.equal(ingress({ ports, from }), [
    { action: 'Allow', protocol: 'TCP', source: a, destination: { ports: [53, 80] } },
    { action: 'Allow', protocol: 'TCP', source: everywhere, destination: { ports: [53, 80] } },
    { action: 'Allow', protocol: 'UDP', source: a, destination: { ports: [53] } },
    { action: 'Allow', protocol: 'UDP', source: everywhere, destination: { ports: [53] } },
  ])
})

convert('joins ports to ranges, names first', () => {
  const ports = [
    { port: 82 },
    { port: 'http' },
    { port: 80 },
    { port: 81 },
    { port: 443 },
    { port: 80, endPort: 90 },
  ]
  assert.equal(ingress({ ports }), [
    { action: 'Allow', protocol: 'TCP', destination: { ports: ['http', '80:90', 443] } },
  ])
})

convert('allows all ports of a protocol that is named without a port', () => {
  assert.equal(ingress({ ports: [{ port: 80 }, { protocol: 'TCP' }, { port: 81 }] }), [
    { action: 'Allow', protocol: 'TCP' },
  ])
})

convert('allows everything by an empty rule', () => {
  assert.equal(ingress({}), [{ action: 'Allow' }])
  assert.equal(ingress({ ports: [], from: [] }), [{ action: 'Allow' }])
})

convert('writes IP blocks with their host bits zero', () => {
  const from = [
    { ipBlock: { cidr: '10.1.2.3/8', except: ['10.9.9.9/16'] } },
    { ipBlock: { cidr: 'FD00:0::1/8' } },
  ]
  assert.equal(ingress({ from }), [
    { action: 'Allow', source: { nets: ['10.0.0.0/8'], notNets: ['10.9.0.0/16'] } },
    { action: 'Allow', source: { nets: ['fd00::/8'] } },
  ])
})

convert('puts peers and ports of an egress rule into its destination', () => {
  const egress = [{ ports: [{ port: 443 }], to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }]
  assert.equal(specOf({ policyTypes: ['Egress'], egress }), {
    order: 1000,
    selector: pods,
    types: ['Egress'],
    egress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [443], nets: ['0.0.0.0/0'] } }],
  })
})

convert('has the types that the API server fills in, and with lenient those of calicoctl', () => {
  const egress = [{ ports: [{ port: 53 }] }]
  assert.equal(specOf({}).types, ['Ingress'])
  assert.equal(specOf({ egress }).types, ['Ingress', 'Egress'])
  assert.equal(specOf({ policyTypes: [], egress }).types, ['Ingress', 'Egress'])
  assert.equal(specOf({ egress }, { lenient: true }).types, ['Ingress'])
  assert.equal(specOf({ policyTypes: ['Ingress'], egress }).types, ['Ingress'])
  assert.equal(specOf({ policyTypes: ['Egress', 'Ingress'] }).types, ['Ingress', 'Egress'])
})

convert('takes a policy without a podSelector for all pods', () => {
  const { podSelector: _, ...spec } = { podSelector: {}, policyTypes: ['Ingress'] }
  const given = { ...policy({}), spec }
  assert.is(orThrow(fromKubernetes(given)).spec.selector, pods)
})

convert('refuses what Calico refuses, with the place in the given policy', () => {
  const ports = (port: object) => policy({ ingress: [{ ports: [port] }] })
  assert.equal(issues(ports({ port: 'http', endPort: 90 })), [
    'spec.ingress[0].ports[0].port kubernetes-port',
  ])
  assert.equal(issues(ports({ port: 65536 })), ['spec.ingress[0].ports[0].port kubernetes-port'])
  assert.equal(issues(ports({ port: 80, endPort: 70 })), ['spec.ingress[0].ports[0].port kubernetes-port'])
  assert.equal(issues(ports({ protocol: 'GRE' })), ['spec.ingress[0].ports[0].protocol kubernetes-protocol'])
  assert.equal(issues(policy({ ingress: [{ bogus: 1 }] })), ['spec.ingress[0].bogus unknown-key'])
  assert.ok(issues({ ...policy({}), apiVersion: 'extensions/v1beta1' }).length > 0)
})

convert('checks the result for Calico 3.28, or for the one that is named', () => {
  const dotted = policy({}, { name: 'a.b' })
  assert.is(issues(dotted).length, 1)
  assert.equal(issues(dotted, { calico: '3.30' }).length, 1)
  assert.equal(issues(dotted, { calico: '3.32' }), [])
})

convert('offers a name where that of the policy has dots, whole and right', () => {
  const dotted = policy({}, { name: 'gardener.cloud--allow.dns' })
  for (const calico of ['3.28', '3.29', '3.30', '3.31']) {
    const converted = fromKubernetes(dotted, { calico })
    assert.ok(E.isLeft(converted), calico)
    for (const { hint } of converted.left.issues) assert.match(hint ?? '', '"gardener-cloud--allow-dns"')
    const renamed = policy({}, { name: 'gardener-cloud--allow-dns' })
    assert.equal(issues(renamed, { calico }), [])
  }
})

convert('reads keys in another case only when told to', () => {
  const spec = { PodSelector: { matchlabels: { a: 'b' } } }
  const given = { ...policy({}), spec }
  assert.is(issues(given).length, 1)
  assert.is(orThrow(fromKubernetes(given, { lenient: true })).spec.selector, `${pods} && a == 'b'`)
})

convert('never throws', () => {
  for (const value of [
    null,
    undefined,
    1,
    'x',
    [],
    {},
    policy({ ingress: [null] }),
    { kind: 'NetworkPolicy' },
  ]) {
    assert.ok(issues(value).length > 0)
  }
})

convert.run()
