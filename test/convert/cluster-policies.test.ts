import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fromAdminNetworkPolicy, fromClusterNetworkPolicy, orThrow } from '../../src/index.js'
import type { GlobalNetworkPolicy } from '../../src/model/policy/global-network-policy.js'

const test = suite('policies for whole clusters, converted')

const cluster = (spec: object, version = 'v1alpha2') => ({
  apiVersion: `policy.networking.k8s.io/${version}`,
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'a', uid: '0-1', labels: { team: 'a' } },
  spec: { tier: 'Admin', priority: 7, subject: { namespaces: {} }, ...spec },
})

const admin = (spec: object, kind = 'AdminNetworkPolicy') => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha1',
  kind,
  metadata: { name: 'default' },
  spec: { ...(kind === 'AdminNetworkPolicy' ? { priority: 7 } : {}), subject: { namespaces: {} }, ...spec },
})

const specOf = (result: E.Either<never, GlobalNetworkPolicy> | ReturnType<typeof fromClusterNetworkPolicy>) =>
  orThrow(result).spec

const pods = (app: string) => ({
  pods: { namespaceSelector: {}, podSelector: { matchLabels: { app } } },
})
const everywhere = { namespaces: {} }
const isPod = "projectcalico.org/orchestrator == 'k8s'"

test('takes both versions for pods, never hosts, in its tier, by its priority, without labels', () => {
  for (const version of ['v1alpha2', 'v1beta1']) {
    const ingress = [{ action: 'Deny', from: [everywhere] }]
    assert.equal(orThrow(fromClusterNetworkPolicy(cluster({ tier: 'Baseline', ingress }, version))), {
      apiVersion: 'projectcalico.org/v3',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: 'a' },
      spec: {
        tier: 'kube-baseline',
        order: 7,
        namespaceSelector: 'all()',
        selector: isPod,
        types: ['Ingress'],
        ingress: [{ action: 'Deny', source: { namespaceSelector: 'all()' } }],
      },
    })
  }
})

test('has no types without rules, and selects the pods that the subject names', () => {
  const subject = { pods: { namespaceSelector: { matchLabels: { team: 'b' } }, podSelector: {} } }
  assert.equal(specOf(fromClusterNetworkPolicy(cluster({ subject }))), {
    tier: 'kube-admin',
    order: 7,
    namespaceSelector: "team == 'b'",
    selector: isPod,
  })
})

test('makes one rule of each protocol and peer, in the order of the protocols', () => {
  const protocols = [
    { udp: { destinationPort: { number: 53 } } },
    { tcp: { destinationPort: { number: 443 } } },
    { tcp: { destinationPort: { range: { start: 444, end: 450 } } } },
    { destinationNamedPort: 'http' },
  ]
  const { ingress } = specOf(
    fromClusterNetworkPolicy(
      cluster({ ingress: [{ name: 'n', action: 'Accept', protocols, from: [pods('x'), everywhere] }] }),
    ),
  )
  const metadata = { annotations: { name: 'n' } }
  const sources = [
    { selector: `${isPod} && app == 'x'`, namespaceSelector: 'all()' },
    { namespaceSelector: 'all()' },
  ]
  const rules = [
    { destination: { ports: ['http'] } },
    { protocol: 'TCP', destination: { ports: ['443:450'] } },
    { protocol: 'UDP', destination: { ports: [53] } },
  ]
  assert.equal(
    ingress,
    rules.flatMap((rule) => sources.map((source) => ({ action: 'Allow', metadata, source, ...rule }))),
  )
})

test('takes all ports of a protocol where one entry names none, and all traffic where it names nothing', () => {
  const ofPorts = (protocols: ReadonlyArray<object>) =>
    specOf(
      fromClusterNetworkPolicy(
        cluster({
          egress: [{ action: 'Pass', protocols, to: [{ networks: ['10.0.0.0/8', '2001:db8::/32'] }] }],
        }),
      ),
    ).egress
  const nets = ['10.0.0.0/8', '2001:db8::/32']
  const one = { tcp: { destinationPort: { number: 1 } } }
  assert.equal(ofPorts([one, { tcp: {} }, one]), [{ action: 'Pass', protocol: 'TCP', destination: { nets } }])
  assert.equal(ofPorts([one, {}]), [{ action: 'Pass', destination: { nets } }])
})

const unknownPeers = [
  { action: 'Accept', to: [{ networks: ['10.0.0.0/8'] }, { nodes: {} }] },
  { action: 'Deny', to: [{ nodes: {} }] },
  { action: 'Pass', to: [{ domainNames: ['example.com'] }] },
  {
    action: 'Deny',
    to: [everywhere],
    protocols: [{ tcp: { destinationPort: { range: { start: 2, end: 1 } } } }],
  },
]

test('refuses what Calico cannot read, with its place', () => {
  const refused = fromClusterNetworkPolicy(cluster({ egress: unknownPeers }))
  assert.equal(
    E.isLeft(refused) && refused.left.issues.map(({ path, message }) => [path.join('.'), message]),
    [
      ['spec.egress.0.to.1', 'Calico knows no peers by nodes: the whole rule is left out'],
      ['spec.egress.1.to.0', 'Calico knows no peers by nodes: the rule denies everything'],
      ['spec.egress.2.to.0', 'Calico knows no peers by domainNames: the rule denies everything'],
      ['spec.egress.3.protocols.0', 'the range 2 to 1 is empty: the rule denies everything'],
    ],
  )
})

test('leaves out, or denies everything, where it is lenient, as Calico does', () => {
  const { egress, types } = specOf(
    fromClusterNetworkPolicy(cluster({ egress: unknownPeers }), { lenient: true }),
  )
  assert.equal(egress, [{ action: 'Deny' }, { action: 'Deny' }, { action: 'Deny' }])
  assert.equal(types, ['Egress'])
  const left = specOf(fromClusterNetworkPolicy(cluster({ egress: [unknownPeers[0]] }), { lenient: true }))
  assert.equal([left.egress, left.types], [undefined, undefined])
})

test('names the field of what is no such policy', () => {
  for (const [spec, path] of [
    [{ tier: 'Other' }, 'spec.tier'],
    [{ subject: {} }, 'spec.subject'],
    [{ priority: 1001 }, 'spec.priority'],
    [{ ingress: [{ action: 'Allow', from: [everywhere] }] }, 'spec.ingress.0.action'],
    [{ ingress: [{ action: 'Deny', from: [{ networks: [] }] }] }, 'spec.ingress.0.from.0.networks'],
  ] as const) {
    const refused = fromClusterNetworkPolicy(cluster(spec))
    assert.is(E.isLeft(refused) && refused.left.issues[0]?.path.join('.'), path)
  }
})

test('takes an AdminNetworkPolicy with its ports, TCP by default', () => {
  const ports = [
    { portNumber: { port: 80 } },
    { portRange: { protocol: 'UDP', start: 10, end: 20 } },
    { portNumber: { protocol: 'TCP', port: 81 } },
  ]
  assert.equal(
    specOf(fromAdminNetworkPolicy(admin({ egress: [{ action: 'Pass', ports, to: [everywhere] }] }))),
    {
      tier: 'adminnetworkpolicy',
      order: 7,
      namespaceSelector: 'all()',
      selector: isPod,
      types: ['Egress'],
      egress: [
        { action: 'Pass', protocol: 'TCP', destination: { ports: ['80:81'], namespaceSelector: 'all()' } },
        { action: 'Pass', protocol: 'UDP', destination: { ports: ['10:20'], namespaceSelector: 'all()' } },
      ],
    },
  )
})

test('takes a BaselineAdminNetworkPolicy at order 1000, and no Pass in it', () => {
  const ingress = [{ action: 'Deny', from: [pods('x')] }]
  const { tier, order } = specOf(fromAdminNetworkPolicy(admin({ ingress }, 'BaselineAdminNetworkPolicy')))
  assert.equal([tier, order], ['baselineadminnetworkpolicy', 1000])
  const pass = [{ action: 'Pass', from: [everywhere] }]
  assert.ok(E.isLeft(fromAdminNetworkPolicy(admin({ ingress: pass }, 'BaselineAdminNetworkPolicy'))))
})

test('says that a port by its name in an AdminNetworkPolicy is all traffic to Calico', () => {
  const ingress = [
    { action: 'Allow', ports: [{ portNumber: { port: 80 } }, { namedPort: 'http' }], from: [everywhere] },
  ]
  const refused = fromAdminNetworkPolicy(admin({ ingress }))
  assert.is(E.isLeft(refused) && refused.left.issues[0]?.rule, 'cluster-policy-named-port')
  const spec = specOf(fromAdminNetworkPolicy(admin({ ingress }), { lenient: true }))
  assert.equal(spec.ingress, [{ action: 'Allow', source: { namespaceSelector: 'all()' } }])
})

test.run()
