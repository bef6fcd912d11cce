import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy, orThrow } from '../../../src/index.js'
import { compile, printExplanation, printVerdict, type Workload } from '../../../src/policy/index.js'
import { knownPod } from '../known-pod.js'

const test = suite('policies for whole clusters, in a world')

const pod = (name: string): Workload => ({
  ...knownPod(name, { app: name }),
  ip: name === 'web' ? '10.0.0.1' : '10.0.0.2',
})
const pods = [pod('web'), pod('api')]
const toApi = { from: 'shop/web', to: 'shop/api', protocol: 'TCP', port: 80, sourcePort: 40000 } as const

const peer = (app: string) => ({ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app } } } })
const cluster = (name: string, tier: string, priority: number, action: string) => ({
  apiVersion: 'policy.networking.k8s.io/v1beta1',
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier, priority, subject: { namespaces: {} }, ingress: [{ action, from: [peer('web')] }] },
})
const admin = (name: string, priority: number, action: string) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha1',
  kind: 'AdminNetworkPolicy',
  metadata: { name },
  spec: { priority, subject: { namespaces: {} }, ingress: [{ action, from: [peer('web')] }] },
})
const baseline = {
  apiVersion: 'policy.networking.k8s.io/v1alpha1',
  kind: 'BaselineAdminNetworkPolicy',
  metadata: { name: 'default' },
  spec: { subject: peer('api'), ingress: [{ action: 'Deny', from: [peer('web')] }] },
}
const allow = networkPolicy('api', 'shop').selector("app == 'api'").allowIngress({})
const deny = networkPolicy('api', 'shop').selector("app == 'api'").types('Ingress')

const decisionOf = (calico: string, ...resources: ReadonlyArray<unknown>) => {
  const { decision, reasons } = orThrow(compile({ resources, pods }, { calico })).verdict(toApi)
  const last = reasons.at(-1)
  return `${decision} by ${last?.policy ?? last?.tier}`
}

test('asks the tier of administrators before all others, by priority', () => {
  const first = cluster('first', 'Admin', 1, 'Accept')
  const second = cluster('second', 'Admin', 2, 'Deny')
  assert.is(decisionOf('3.32', second, first, deny), 'allowed by ClusterNetworkPolicy(first)')
  assert.is(decisionOf('3.32', second, allow), 'denied by ClusterNetworkPolicy(second)')
  assert.is(
    decisionOf('3.30', admin('a', 3, 'Deny'), admin('b', 2, 'Allow')),
    'allowed by AdminNetworkPolicy(b)',
  )
})

test('passes from there to the policies of Calico, and asks the baseline last', () => {
  const pass = cluster('pass', 'Admin', 1, 'Pass')
  const last = cluster('last', 'Baseline', 1, 'Deny')
  assert.is(decisionOf('3.32', pass, last, allow), 'allowed by NetworkPolicy(shop/api)')
  assert.is(decisionOf('3.32', pass, last), 'denied by ClusterNetworkPolicy(last)')
  assert.is(decisionOf('3.31', baseline), 'denied by BaselineAdminNetworkPolicy(default)')
})

test('breaks ties of priority by name', () => {
  const [a, b] = [cluster('a', 'Admin', 1, 'Accept'), cluster('b', 'Admin', 1, 'Deny')]
  assert.is(decisionOf('3.32', b, a), 'allowed by ClusterNetworkPolicy(a)')
  assert.is(
    decisionOf('3.29', admin('b', 1, 'Deny'), admin('a', 1, 'Allow')),
    'allowed by AdminNetworkPolicy(a)',
  )
})

test('says which policies that Calico does not enforce', () => {
  for (const [calico, policy, words] of [
    ['3.28', admin('a', 1, 'Deny'), 'Calico 3.28 does not enforce AdminNetworkPolicy: 3.29 to 3.31 do'],
    ['3.29.1', baseline, 'Calico 3.29.1 does not enforce BaselineAdminNetworkPolicy: 3.30 and 3.31 do'],
    ['3.32.1', admin('a', 1, 'Deny'), 'Calico 3.32.1 does not enforce AdminNetworkPolicy: 3.29 to 3.31 do'],
    [
      '3.31',
      cluster('a', 'Admin', 1, 'Deny'),
      'Calico 3.31 does not enforce ClusterNetworkPolicy: 3.32 and later do',
    ],
  ] as const) {
    const world = orThrow(compile({ resources: [policy], pods }, { calico }))
    const verdict = world.verdict(toApi)
    assert.equal([verdict.decision, verdict.notes], ['allowed', [words]])
    assert.match(printVerdict(verdict), `note: ${words}`)
    assert.match(printExplanation(world.explain(toApi)), `note: ${words}`)
    assert.equal(
      world.passedOver.map(({ rule, resource }) => [rule, resource]),
      [['not-enforced', `${policy.kind}(${policy.metadata.name})`]],
    )
  }
})

test('is not sure of them where the version is not given, and says that it is missing', () => {
  const world = orThrow(compile({ resources: [cluster('a', 'Admin', 1, 'Deny')], pods }))
  const verdict = world.verdict(toApi)
  assert.is(verdict.decision, 'unknown')
  assert.equal(verdict.missing, [
    'the version of Calico, as `calico`: whether it enforces ClusterNetworkPolicy (3.32 and later do)',
  ])
  assert.is(verdict.notes, undefined)
  // No version lets it have a say here.
  assert.is(world.verdict({ ...toApi, from: '192.0.2.1' }).decision, 'allowed')
  assert.equal(world.policiesOf('shop/api'), [
    { policy: 'ClusterNetworkPolicy(a)', tier: 'kube-admin', types: ['Ingress'], certain: false },
  ])
})

test('is sure where all versions agree', () => {
  const agreeing = [cluster('a', 'Admin', 1, 'Deny'), deny]
  assert.is(orThrow(compile({ resources: agreeing, pods })).verdict(toApi).decision, 'denied')
})

test('keeps what it passes over after a change, and forgets what is removed', () => {
  const [one, other] = [admin('one', 1, 'Deny'), admin('other', 1, 'Deny')]
  const world = orThrow(compile({ resources: [one], pods }, { calico: '3.28' }))
  const both = orThrow(world.with({ put: [other] }))
  assert.is(both.passedOver.length, 2)
  const none = orThrow(both.with({ remove: ['AdminNetworkPolicy(one)', 'AdminNetworkPolicy(other)'] }))
  assert.is(none.verdict(toApi).notes, undefined)
  const enforced = orThrow(compile({ resources: [one], pods }, { calico: '3.30' }))
  assert.is(enforced.verdict(toApi).decision, 'denied')
  const removed = orThrow(enforced.with({ remove: ['AdminNetworkPolicy(one)'] }))
  assert.is(removed.verdict(toApi).decision, 'allowed')
})

test('follows Calico where it does not take a rule as it is, and says so', () => {
  const policy = {
    ...cluster('a', 'Admin', 1, 'Accept'),
    spec: {
      ...cluster('a', 'Admin', 1, 'Accept').spec,
      egress: [
        { action: 'Accept', to: [{ nodes: {} }] },
        { action: 'Deny', to: [{ nodes: {} }] },
      ],
    },
  }
  const world = orThrow(compile({ resources: [policy], pods }, { calico: '3.33' }))
  assert.is(world.verdict(toApi).decision, 'denied')
  assert.equal(
    world.passedOver.map(({ resource, path }) => [resource, path.join('.')]),
    [
      ['ClusterNetworkPolicy(a)', 'spec.egress.0.to.0'],
      ['ClusterNetworkPolicy(a)', 'spec.egress.1.to.0'],
    ],
  )
})

test('refuses what is no such policy', () => {
  const wrong = { ...baseline, spec: { subject: {} } }
  const refused = compile({ resources: [wrong] }, { calico: '3.30' })
  assert.equal(
    E.isLeft(refused) && refused.left.issues.map(({ resource, path }) => [resource, path.join('.')]),
    [['BaselineAdminNetworkPolicy(default)', 'spec.subject']],
  )
})

test('says what else of a world it does not look at', () => {
  const named = (apiVersion: string, kind: string, name: string) => ({ apiVersion, kind, metadata: { name } })
  const resources = [
    named('networking.k8s.io/v1', 'Ingress', 'a'),
    named('networking.k8s.io/v1', 'Ingress', 'b'),
    named('cilium.io/v2', 'CiliumNetworkPolicy', 'a'),
    named('security.istio.io/v1', 'AuthorizationPolicy', 'a'),
    named('crd.projectcalico.org/v1', 'IPAMBlock', 'a'),
    named('projectcalico.org/v3', 'ClusterInformation', 'default'),
    named('v1', 'Namespace', 'shop'),
    named('v1', 'Service', 'web'),
  ]
  const world = orThrow(compile({ resources, pods }))
  assert.equal(
    world.passedOver.map(({ rule, message }) => `${rule} ${message.split(':')[0]}`),
    [
      'unknown-kind Ingress of networking.k8s.io/v1',
      'foreign-policy CiliumNetworkPolicy of cilium.io/v2',
      'foreign-policy AuthorizationPolicy of security.istio.io/v1',
      'unknown-kind IPAMBlock of crd.projectcalico.org/v1',
      'unknown-kind ClusterInformation of projectcalico.org/v3',
    ],
  )
  assert.is(world.verdict(toApi).notes?.length, 2)
})

test('reads the form in which Calico stores its policies, and refuses a group that is misspelt', () => {
  const stored = {
    ...deny,
    apiVersion: 'crd.projectcalico.org/v1',
    metadata: { name: 'default.api', namespace: 'shop' },
  }
  assert.is(decisionOf('3.28', JSON.parse(JSON.stringify(stored))), 'denied by default')
  assert.equal(
    orThrow(compile({ resources: [JSON.parse(JSON.stringify(stored))], pods })).policiesOf('shop/api')[0]
      ?.policy,
    'NetworkPolicy(shop/api)',
  )
  const misspelt = { ...deny, apiVersion: 'projectcalico.og/v3' }
  assert.ok(E.isLeft(compile({ resources: [JSON.parse(JSON.stringify(misspelt))] })))
})

test.run()
