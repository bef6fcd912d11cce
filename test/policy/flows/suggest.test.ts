import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { check, globalNetworkSet, networkSet, orThrow, type Resource } from '../../../src/index.js'
import {
  compile,
  printQuestion,
  type RecordedFlow,
  type RecordedPeer,
  readFlows,
  replay,
  suggest,
} from '../../../src/policy/index.js'
import { goldmane } from './logs.js'

const suggestions = suite('suggest')

const apps = ['web', 'api', 'db', 'coredns']
const namespaces = ['shop', 'bank', 'kube-system']
const labelled = (app: string, namespace: string): Readonly<Record<string, string>> =>
  app === 'coredns'
    ? { 'k8s-app': 'kube-dns' }
    : app === 'db'
      ? { 'app.kubernetes.io/name': 'db', 'app.kubernetes.io/component': namespace, app: 'web' }
      : { app, 'pod-template-hash': '6b7f9d4c8' }

const pods = namespaces.flatMap((namespace, i) =>
  apps.flatMap((app, j) =>
    ['aaaaa', 'bbbbb'].map((end, k) => ({
      _tag: 'Workload' as const,
      namespace,
      name: `${app}-6b7f9d4c8-${end}`,
      labels: labelled(app, namespace),
      serviceAccount: '',
      ips: [`10.${i}.${j}.${k}`, `2001:db8:1:${i}::${j}:${k}`],
    })),
  ),
)
const slice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'search-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'search' } },
  endpoints: [{ addresses: ['192.168.7.7'] }],
  ports: [443, 9200].map((port) => ({ port, protocol: 'TCP' })),
}
const sets: ReadonlyArray<Resource> = [
  globalNetworkSet('partners').labels({ who: 'partner' }).nets('192.0.2.0/24'),
  globalNetworkSet('everyone').labels({ who: 'everyone' }).nets('192.0.0.0/16'),
  globalNetworkSet('unnamed').nets('198.51.100.0/24'),
  networkSet('office', 'shop').labels({ who: 'office' }).nets('203.0.113.0/28'),
]
const world = orThrow(compile({ pods, resources: sets, endpointSlices: [slice] }))

const some: fc.Arbitrary<RecordedPeer> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...namespaces), fc.constantFrom(...apps), fc.constantFrom('*', 'aaaaa'))
      .map(([namespace, app, tail]) => ({
        _tag: 'Pods' as const,
        namespace,
        name: `${app}-6b7f9d4c8-${tail}`,
      })),
  },
  fc
    .constantFrom('192.0.2.7', '192.0.77.7', '198.51.100.7', '203.0.113.7', '10.1.1.1', '2001:db8::7')
    .map((ip) => ({ _tag: 'Address' as const, ip })),
  fc.constantFrom<RecordedPeer>(
    { _tag: 'NetworkSet', name: 'partners' },
    { _tag: 'NetworkSet', name: 'office', namespace: 'shop' },
    { _tag: 'Anywhere', of: 'public' },
    { _tag: 'Anywhere', of: 'private' },
  ),
)
const someFlow: fc.Arbitrary<RecordedFlow> = fc
  .tuple(
    some,
    some,
    fc.constantFrom('TCP' as const, 'UDP' as const, 'ICMP' as const, 47),
    fc.constantFrom(53, 443, 8080, 9200),
    fc.boolean(),
  )
  .map(([from, to, protocol, port, isMeant]) => ({
    from,
    to,
    protocol,
    ...(protocol === 'TCP' || protocol === 'UDP' ? { port } : {}),
    ...(isMeant && protocol === 'TCP' && port !== 8080 && port !== 53 ? { service: 'shop/search' } : {}),
    count: 1,
  }))

/** What the suggestion does to a log once it is in force. */
const enforced = (flows: ReadonlyArray<RecordedFlow>) => {
  const suggestion = suggest(flows, world, { staged: false })
  return { ...suggestion, replayed: replay(flows, world, orThrow(world.with({ put: suggestion.policies }))) }
}

suggestions('let through every flow that was seen', () => {
  let policies = 0
  fc.assert(
    fc.property(fc.array(someFlow, { minLength: 1, maxLength: 12 }), (flows) => {
      const { replayed, questions, policies: made } = enforced(flows)
      policies += made.length
      const wrong = [...replayed.changes, ...replayed.unknown]
      assert.equal(wrong, [])
      assert.not(questions.some(({ leftOut }) => leftOut))
    }),
    { numRuns: 150 },
  )
  assert.ok(policies > 150)
})

suggestions('are what Calico takes, staged or not', () => {
  fc.assert(
    fc.property(fc.array(someFlow, { minLength: 1, maxLength: 6 }), fc.boolean(), (flows, staged) => {
      for (const policy of suggest(flows, world, { staged }).policies) {
        assert.is(policy.kind, staged ? 'StagedNetworkPolicy' : 'NetworkPolicy')
        assert.is(check(policy, { calico: '3.30' })._tag, 'Right')
      }
    }),
    { numRuns: 50 },
  )
})

const end = (namespace: string, app: string): RecordedPeer => ({
  _tag: 'Pods',
  namespace,
  name: `${app}-6b7f9d4c8-*`,
})
const flow = (from: RecordedPeer, to: RecordedPeer, port = 443): RecordedFlow => ({
  from,
  to,
  protocol: 'TCP',
  port,
  count: 1,
})
const address = (ip: string): RecordedPeer => ({ _tag: 'Address', ip })

suggestions('deny what was not seen, and never DNS', () => {
  const { policies } = enforced([flow(end('shop', 'web'), end('shop', 'api'), 8080)])
  const after = orThrow(world.with({ put: policies }))
  const ask = (to: string, protocol: 'TCP' | 'UDP', port: number) =>
    after.verdict({ from: 'shop/web-6b7f9d4c8-aaaaa', to, protocol, port }).decision
  assert.equal(
    [
      ask('shop/api-6b7f9d4c8-aaaaa', 'TCP', 8081),
      ask('203.0.113.99', 'TCP', 443),
      ask('kube-system/coredns-6b7f9d4c8-bbbbb', 'UDP', 53),
      ask('kube-system/coredns-6b7f9d4c8-bbbbb', 'TCP', 53),
    ],
    ['denied', 'denied', 'allowed', 'allowed'],
  )
})

const ofEgress = (...flows: ReadonlyArray<RecordedFlow>) =>
  suggest(flows, world).policies.flatMap(({ spec }) =>
    (spec.egress ?? []).flatMap(({ destination }) =>
      destination?.selector === "k8s-app == 'kube-dns'" ? [] : [destination],
    ),
  )

suggestions('are as few rules as tell the same', () => {
  const web = end('shop', 'web')
  assert.equal(ofEgress(flow(web, end('bank', 'db'), 443), flow(web, end('bank', 'db'), 80)), [
    {
      selector: "app.kubernetes.io/component == 'bank' && app.kubernetes.io/name == 'db'",
      namespaceSelector: "projectcalico.org/name == 'bank'",
      ports: [80, 443],
    },
  ])
  assert.equal(ofEgress(flow(web, address('10.9.9.9')), flow(web, address('10.9.9.8'))), [
    { nets: ['10.9.9.8/32', '10.9.9.9/32'], ports: [443] },
  ])
})

suggestions('name an address by the smallest set with labels that has it', () => {
  const web = end('shop', 'web')
  assert.equal(ofEgress(flow(web, address('192.0.2.7'))), [
    { selector: "who == 'partner'", namespaceSelector: 'global()', ports: [443] },
  ])
  assert.equal(ofEgress(flow(web, address('203.0.113.7'))), [{ selector: "who == 'office'", ports: [443] }])
  assert.equal(ofEgress(flow(web, address('198.51.100.7'))), [{ nets: ['198.51.100.7/32'], ports: [443] }])
})

suggestions('name a service where the log keeps its address to itself', () => {
  const hidden = {
    ...flow(end('shop', 'web'), { _tag: 'Anywhere', of: 'private' }),
    service: 'shop/search',
  } as const
  assert.equal(ofEgress(hidden), [{ services: { name: 'search', namespace: 'shop' } }])
})

suggestions('leave the namespaces of the system alone, unless they are named', () => {
  const flows = [flow(end('kube-system', 'web'), end('kube-system', 'api'))]
  assert.equal(suggest(flows, world).policies, [])
  assert.is(suggest(flows, world, { namespaces: ['kube-system'] }).policies.length, 2)
})

suggestions('are none for what was denied', () => {
  assert.equal(
    suggest([{ ...flow(end('shop', 'web'), end('shop', 'api')), verdict: 'denied' }], world).policies,
    [],
  )
})

suggestions('ask about what cannot be named', () => {
  const web = end('shop', 'web')
  const { questions } = suggest(
    [
      flow(web, { _tag: 'Anywhere', of: 'public' }),
      flow(web, { _tag: 'Host', name: 'node-1' }),
      flow(web, { _tag: 'NetworkSet', name: 'unnamed' }),
      flow({ _tag: 'Pods', namespace: 'shop', name: 'bare' }, end('shop', 'api')),
    ],
    world,
  )
  assert.equal(questions.map(printQuestion).sort(), [
    'GlobalNetworkSet(unnamed) has no labels: give it one, so that rules can name it (shop/web-6b7f9d4c8-* → GlobalNetworkSet(unnamed): TCP 443, which no policy lets through)',
    'how is the node node-1 to be named? Policies for pods find nodes by their addresses (shop/web-6b7f9d4c8-* → host node-1: TCP 443, which no policy lets through)',
    'shop/bare has no labels that rules could name it by (shop/bare → shop/api-6b7f9d4c8-*: TCP 443, which no policy lets through)',
    'which public addresses are meant? The log does not say, so all of them are let through (shop/web-6b7f9d4c8-* → a public address: TCP 443)',
  ])
})

suggestions('need no world: a log of Calico has labels', () => {
  const { flows } = orThrow(readFlows(goldmane(['shop/web-6b7f9d4c8-*', 'shop/api-*'])))
  const { policies } = suggest(flows, orThrow(compile({})))
  assert.equal(
    policies.map(({ spec }) => spec.selector),
    ["app == 'api'", "app == 'web'"],
  )
})

suggestions.run()
