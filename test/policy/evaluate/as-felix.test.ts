import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  globalNetworkPolicy,
  globalNetworkSet,
  networkPolicy,
  networkSet,
  orThrow,
} from '../../../src/index.js'
import { compile } from '../../../src/policy/compile.js'
import type { PeerFlow } from '../../../src/policy/compiled-world.js'
import type { Decision } from '../../../src/policy/evaluate/reason.js'
import type { Workload } from '../../../src/policy/world/flow.js'
import type { World } from '../../../src/policy/world/world.js'

/*
 * What Felix 3.28.5 does and people do not expect, each seen in its calculation graph.
 */
const test = suite('verdict, as Felix does it')

const pod = (name: string, rest: Partial<Workload> = {}): Workload => ({
  _tag: 'Workload',
  namespace: 'shop',
  name,
  namespaceLabels: { team: 'a' },
  serviceAccount: '',
  ip: { web: '10.0.0.1', api: '10.0.0.2' }[name] ?? '10.0.0.9',
  namedPorts: [],
  ...rest,
})
const tcp = { from: 'shop/web', to: 'shop/api', protocol: 'TCP', port: 80, sourcePort: 40000 } as const

const decide = (world: World, flow: Partial<PeerFlow> = {}, calico = '3.28'): Decision =>
  orThrow(compile({ pods: [pod('web'), pod('api')], ...world }, { calico })).verdict({ ...tcp, ...flow })
    .decision

const kubernetes = (name: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { podSelector: {}, ...spec },
})

test('breaks ties of order by the stored name before 3.32, and by name, namespace and kind from then on', () => {
  const allow = globalNetworkPolicy('zz').order(1).allowIngress()
  const deny = networkPolicy('y', 'shop').order(1).denyIngress()
  // default.zz and shop/default.y; y and zz.
  assert.is(decide({ resources: [deny, allow] }), 'allowed')
  assert.is(decide({ resources: [deny, allow] }, {}, '3.32'), 'denied')
})

test("asks a Calico policy of order 1000 before Kubernetes' own, whose stored name begins with knp", () => {
  const allows = kubernetes('a', { ingress: [{}] })
  const deny = networkPolicy('b', 'shop').order(1000).denyIngress()
  assert.is(decide({ resources: [allows, deny] }), 'denied')
  assert.is(decide({ resources: [allows, deny] }, {}, '3.32'), 'allowed')
})

const outside = (namespaces?: ReadonlyArray<object>): Decision =>
  decide(
    {
      resources: [
        networkSet('partners', 'bank').nets('192.0.2.0/24'),
        networkPolicy('out', 'shop').allowEgress({ destination: { namespaceSelector: "team == 'b'" } }),
      ],
      ...(namespaces === undefined ? {} : { namespaces }),
    },
    { to: '192.0.2.7' },
  )
const bank = (labels: object) => [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bank', labels } }]

test('gives a network set the labels of its namespace, and does not know those that are not given', () => {
  assert.is(outside(bank({ team: 'b' })), 'allowed')
  assert.is(outside(bank({ team: 'c' })), 'denied')
  assert.is(outside(), 'unknown')
})

test('takes a notSelector beside a selector for one selector, of each endpoint or set by itself', () => {
  const cluster = globalNetworkSet('cluster').labels({ kind: 'cluster' }).nets('10.0.0.0/8')
  const web = pod('web', { labels: { role: 'web' } })
  const beside = { selector: "role == 'web'", notSelector: "kind == 'cluster'" }
  const global = (source: object) => globalNetworkPolicy('in').allowIngress({ source })
  assert.is(decide({ resources: [cluster, global(beside)], pods: [web, pod('api')] }), 'allowed')
  const alone = { notSelector: "kind == 'cluster'" }
  assert.is(decide({ resources: [cluster, global(alone)], pods: [web, pod('api')] }), 'denied')
  // In a namespace there is always a selector beside it.
  const namespaced = networkPolicy('in', 'shop').allowIngress({ source: alone })
  assert.is(decide({ resources: [cluster, namespaced], pods: [web, pod('api')] }), 'allowed')
})

test('finds network sets by the service accounts all()', () => {
  const set = globalNetworkSet('office').nets('192.0.2.0/24')
  const policy = globalNetworkPolicy('out').allowEgress({
    destination: { serviceAccounts: { selector: 'all()' } },
  })
  assert.is(decide({ resources: [set, policy] }, { to: '192.0.2.7' }), 'allowed')
  assert.is(decide({ resources: [set, policy] }, { to: '198.51.100.7' }), 'denied')
})

test("counts a port's name for its own protocol, each port of that name, at what the selector takes itself", () => {
  const dns = pod('api', {
    namedPorts: [
      { name: 'dns', port: 53, protocol: 'TCP' },
      { name: 'dns', port: 5353, protocol: 'TCP' },
    ],
  })
  const named = (protocol: 'TCP' | 'UDP', destination: object = {}) =>
    networkPolicy('in', 'shop').allowIngress({ protocol, destination: { ports: ['dns'], ...destination } })
  const to = (policy: object, flow: Partial<PeerFlow>) =>
    decide({ resources: [policy], pods: [pod('web'), dns] }, flow)
  assert.is(to(named('TCP'), { port: 53 }), 'allowed')
  assert.is(to(named('TCP'), { port: 5353 }), 'allowed')
  assert.is(to(named('UDP'), { protocol: 'UDP', port: 53 }), 'denied')
  const inSet = { selector: "kind == 'cluster'" }
  const set = networkSet('cluster', 'shop').labels({ kind: 'cluster' }).nets('10.0.0.0/8')
  const world = { resources: [set, named('TCP', inSet)], pods: [pod('web'), dns], namespaces: bank({}) }
  assert.is(decide(world, { port: 53 }), 'denied')
})

test('never sees what a pod says of its namespace and account', () => {
  const policy = networkPolicy('in', 'shop').allowIngress({ source: { namespaceSelector: "team == 'b'" } })
  const pods = [pod('web', { labels: { 'pcns.team': 'b' } }), pod('api')]
  assert.is(decide({ resources: [policy], pods }), 'denied')
})

test('drops tunnels that pods make, whatever policies say', () => {
  const world = { resources: [globalNetworkPolicy('all').allowIngress().allowEgress()] }
  assert.is(decide(world, { protocol: 'UDP', port: 4789 }), 'denied')
  assert.is(decide(world, { protocol: 4 }), 'denied')
  assert.is(decide(world, { protocol: 'TCP', port: 4789 }), 'allowed')
  const spec = { allowVXLANPacketsFromWorkloads: true, allowIPIPPacketsFromWorkloads: true }
  const felix = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'FelixConfiguration',
    metadata: { name: 'default' },
    spec,
  }
  const allowing = { resources: [...world.resources, felix] }
  assert.is(decide(allowing, { protocol: 'UDP', port: 4789 }), 'allowed')
  assert.is(decide(allowing, { protocol: 4 }), 'allowed')
})

test('does not look at HTTP, unless an application layer does', () => {
  const policy = networkPolicy('in', 'shop').allowIngress({ protocol: 'TCP', http: { methods: ['GET'] } })
  const world = orThrow(compile({ resources: [policy], pods: [pod('web'), pod('api')] }))
  const { decision, reasons } = world.verdict(tcp)
  assert.is(decision, 'allowed')
  assert.is(reasons[0]?.ignores, 'HTTP')
  const spec = { policySyncPathPrefix: '/var/run/nodeagent' }
  const felix = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'FelixConfiguration',
    metadata: { name: 'default' },
    spec,
  }
  assert.is(decide({ resources: [policy, felix] }), 'unknown')
})

test('takes a Kubernetes policy with egress rules and no policyTypes for both directions, as the API server fills it in', () => {
  const policy = kubernetes('out', { egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }] })
  assert.is(decide({ resources: [policy] }, { to: '192.0.2.7' }), 'allowed')
  assert.is(decide({ resources: [policy] }, { to: '198.51.100.7' }), 'denied')
})

const slice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'api-x', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'api' } },
  endpoints: [{ addresses: ['10.0.0.2'], conditions: { ready: false } }],
  ports: [{ port: 80, protocol: 'TCP' }],
}
/** As data: the builder would fill the namespace in. */
const toService = (services: { readonly name: string; readonly namespace?: string }) => {
  const egress = [{ action: 'Allow', destination: { services } }] as const
  return { ...networkPolicy('out', 'shop'), spec: { types: ['Egress'], egress } } as const
}

test('finds what is behind a service by its slices, ready or not, with the port there', () => {
  const resources = [toService({ name: 'api', namespace: 'shop' })]
  assert.is(decide({ resources, endpointSlices: [slice] }), 'allowed')
  assert.is(decide({ resources, endpointSlices: [slice] }, { port: 81 }), 'denied')
  assert.is(decide({ resources, endpointSlices: [{ ...slice, ports: [] }] }), 'denied')
  assert.is(decide({ resources }), 'unknown')
})

test('finds nothing behind a service without a namespace', () => {
  assert.is(decide({ resources: [toService({ name: 'api' })], endpointSlices: [slice] }), 'denied')
})

test('says what is missing', () => {
  const policy = networkPolicy('in', 'shop').allowIngress({ source: { namespaceSelector: "team == 'b'" } })
  const world = orThrow(compile({ resources: [policy] }))
  const bare = { _tag: 'Workload', namespace: 'shop', name: 'web' } as const
  const { decision, missing } = world.verdict({ ...tcp, from: bare, to: pod('api') })
  assert.is(decision, 'unknown')
  assert.equal(missing, ['the labels of the namespace shop', 'the service account of web'])
  assert.equal(world.verdict({ ...tcp, from: pod('web'), to: 'shop/typo' }).missing, [
    'what shop/typo is: neither a pod of the world nor an address',
  ])
})

test('refuses what is no version, and what cannot be read', () => {
  assert.ok(E.isLeft(compile({}, { calico: 'new' })))
  assert.ok(E.isLeft(compile({ resources: 'kind: NetworkPolicy' })))
  assert.ok(
    E.isLeft(
      compile({
        resources: [{ apiVersion: 'projectcalico.org/v3', kind: 'NetwrokPolicy', metadata: { name: 'a' } }],
      }),
    ),
  )
})

test('reads YAML, and lists in it', () => {
  const text = `apiVersion: v1
kind: List
items:
- apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  metadata: {name: none, namespace: shop}
  spec: {types: [Ingress]}
`
  assert.is(decide({ resources: text }), 'denied')
})

test.run()
