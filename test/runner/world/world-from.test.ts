import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { globalNetworkSet, networkPolicy, orThrow } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { worldFrom } from '../../../src/runner/world/world-from.js'
import { compileSnapshot, type WorldSnapshot } from '../../../src/runner/world/world-snapshot.js'
import { type MemoryClusterOptions, memoryCluster } from '../../../src/testing/index.js'
import { grant } from '../calicoctl/served-access.js'
import { intercepted, status } from '../intercept.js'
import { failureOf } from '../observe.js'
import { definition, denyTo, kubernetesPolicy, runningPod } from './world-objects.js'

const worlds = suite('worldFrom')

const objects: ReadonlyArray<KubeObject> = [
  runningPod('shop', 'web', '10.0.0.1'),
  runningPod('shop', 'api', '10.0.0.2'),
  runningPod('shop', 'done', '10.0.0.3', { phase: 'Succeeded' }),
  kubernetesPolicy('shop', 'closed', denyTo('api')),
]
const shop = (more: MemoryClusterOptions = {}) =>
  memoryCluster({ namespaces: ['shop'], ...more, objects: [...objects, ...(more.objects ?? [])] })

const toApi = { from: 'shop/web', to: 'shop/api', protocol: 'TCP', port: 80 } as const
const toWeb = { from: 'shop/api', to: 'shop/web', protocol: 'TCP', port: 80 } as const
const compiled = (snapshot: WorldSnapshot) => orThrow(compileSnapshot(snapshot))
const reader = (cluster: ReturnType<typeof shop>) => cluster.as('writer')

const crd = 'crd.projectcalico.org'
/** What worldFrom asks for on Calico 3.28, by group. */
const asked: ReadonlyArray<readonly [group: string, resources: ReadonlyArray<string>]> = [
  ['', ['namespaces', 'pods', 'serviceaccounts', 'nodes', 'services']],
  ['discovery.k8s.io', ['endpointslices']],
  ['networking.k8s.io', ['networkpolicies']],
  [
    crd,
    [
      'networkpolicies',
      'globalnetworkpolicies',
      'networksets',
      'globalnetworksets',
      'hostendpoints',
      'ippools',
      'bgpconfigurations',
      'felixconfigurations',
      'kubecontrollersconfigurations',
    ],
  ],
]
const rightsBut = (without: string): ReadonlyArray<object> => [
  { apiGroups: [crd], resources: ['clusterinformations'], verbs: ['get'] },
  ...asked.map(([group, resources]) => ({
    apiGroups: [group],
    resources: resources.filter((it) => `${it}.${group}` !== without),
    verbs: ['list'],
  })),
]

worlds('a cluster answers as its policies do, in the form of each release', async () => {
  for (const [calico, native] of [
    ['3.28.5', false],
    ['3.30.2', false],
    ['3.32.1', true],
  ] as const) {
    const cluster = shop({ calico, native })
    const transport = native ? 'api' : 'pod'
    const runner = createRunner({ owner: 'shop', cluster, transport, lockout: 'ignore' })
    const web = networkPolicy('web', 'shop').selector("app == 'web'")
    await runner.apply([
      web.allowIngress({ source: { selector: "who == 'partner'", namespaceSelector: 'global()' } }),
      globalNetworkSet('partners').labels({ who: 'partner' }).nets('192.0.2.0/24'),
    ])
    const snapshot = orThrow(await worldFrom(cluster)())
    const world = compiled(snapshot)
    assert.is(snapshot.calico, calico)
    assert.equal(snapshot.unread, [])
    assert.is(world.verdict(toApi).decision, 'denied')
    assert.is(world.verdict(toWeb).decision, 'denied')
    assert.is(world.verdict({ ...toWeb, from: '192.0.2.7' }).decision, 'allowed')
    assert.equal(
      world.policiesOf('shop/web').map(({ policy }) => policy),
      ['NetworkPolicy(shop/web)'],
    )
  }
})

worlds('keeps of a pod what has a say, and nothing of one that is done', async () => {
  const { world } = orThrow(await worldFrom(shop())())
  const pods = world.pods as ReadonlyArray<KubeObject>
  assert.equal(pods[1], {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
    spec: {
      nodeName: 'memory',
      serviceAccountName: 'default',
      containers: [{ ports: [{ name: 'http', containerPort: 80 }] }],
    },
    status: { podIPs: [{ ip: '10.0.0.1' }] },
  })
  assert.is(pods.length, 2)
})

worlds('needs no other rights than to list the kinds, and to get the ClusterInformation', async () => {
  const cluster = shop({ objects: grant(rightsBut('')) })
  const snapshot = orThrow(await worldFrom(reader(cluster))())
  assert.equal(snapshot.unread, [])
  assert.is(compiled(snapshot).verdict(toApi).decision, 'denied')
})

worlds('where a kind of policies may not be read, nothing is said for certain, and it is named', async () => {
  for (const [without, kind] of [
    [`globalnetworkpolicies.${crd}`, 'GlobalNetworkPolicy'],
    [`networkpolicies.${crd}`, 'NetworkPolicy'],
    ['networkpolicies.networking.k8s.io', 'NetworkPolicy.networking.k8s.io'],
  ] as const) {
    const cluster = shop({ objects: grant(rightsBut(without)) })
    const snapshot = orThrow(await worldFrom(reader(cluster))())
    assert.equal(
      snapshot.unread.map((it) => it.kind),
      [kind],
    )
    assert.match(snapshot.unread[0]?.cause ?? '', /forbidden/)
    const { decision, missing } = compiled(snapshot).verdict(toWeb)
    assert.is(decision, 'unknown')
    assert.equal(missing, [`every ${kind} of the cluster: not all could be read`])
  }
})

worlds('what hangs on no kind that is missing is certain still', async () => {
  const cluster = shop({ objects: grant(rightsBut('nodes.')) })
  const snapshot = orThrow(await worldFrom(reader(cluster))())
  const world = compiled(snapshot)
  assert.is(world.verdict(toApi).decision, 'denied')
  assert.equal(world.verdict({ ...toWeb, from: '192.0.2.7' }), {
    decision: 'unknown',
    reasons: [],
    missing: ['every Node of the cluster: not all could be read'],
  })
})

worlds('a context that may read nothing is told what to ask for', async () => {
  const failure = failureOf(await worldFrom(shop().as('nobody'))())
  if (failure._tag !== 'MissingPermissions') return assert.unreachable(failure._tag)
  assert.match(failure.yaml, /kind: ClusterRole/)
  assert.ok(failure.missing.includes('list pods'))
  assert.not.match(failure.hint ?? '', /rbac:/)
})

worlds('without a right to see the version, the rest is read', async () => {
  const rules = rightsBut('').slice(1)
  const snapshot = orThrow(await worldFrom(reader(shop({ objects: grant(rules) })))())
  assert.is(snapshot.calico, undefined)
  assert.ok(snapshot.unread.some(({ kind }) => kind === 'ClusterInformation'))
})

worlds('a policy that says more than is known is not taken for less', async () => {
  const strange: KubeObject = {
    apiVersion: `${crd}/v1`,
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'default.new' },
    spec: { selector: 'all()', types: ['Ingress'], ingress: [{ action: 'Deny', unlessTuesday: true }] },
  }
  const cluster = intercepted(shop(), async ({ method, path }) =>
    method === 'GET' && path.endsWith('/globalnetworkpolicies')
      ? { status: 200, headers: {}, body: JSON.stringify({ metadata: {}, items: [strange] }) }
      : undefined,
  )
  const snapshot = orThrow(await worldFrom(cluster)())
  assert.equal(
    snapshot.unread.map(({ kind, name }) => [kind, name]),
    [['GlobalNetworkPolicy', 'default.new']],
  )
  assert.match(snapshot.unread[0]?.cause ?? '', /unlessTuesday/)
  assert.is(compiled(snapshot).verdict(toApi).decision, 'unknown')
})

worlds(
  'reads the policies of policy.networking.k8s.io that the Calico heeds, in the newest version served',
  async () => {
    const admin = (apiVersion: string, kind: string): KubeObject => ({
      apiVersion: `policy.networking.k8s.io/${apiVersion}`,
      kind,
      metadata: { name: 'a' },
      spec: {
        tier: 'Admin',
        priority: 1,
        subject: { namespaces: {} },
        ingress: [{ action: 'Deny', from: [] }],
      },
    })
    const served = [
      definition('ClusterNetworkPolicy', 'clusternetworkpolicies', 'v1alpha2', 'v1beta1'),
      definition('AdminNetworkPolicy', 'adminnetworkpolicies', 'v1alpha1'),
    ]
    const held = [admin('v1alpha2', 'ClusterNetworkPolicy'), admin('v1alpha1', 'AdminNetworkPolicy')]
    const paths = async (calico: string) => {
      const seen: Array<string> = []
      const cluster = intercepted(shop({ calico, objects: [...served, ...held] }), ({ path }) => {
        if (path.startsWith('/apis/policy.networking.k8s.io/') && path.endsWith('policies')) seen.push(path)
        return undefined
      })
      orThrow(await worldFrom(cluster)())
      return seen
    }
    assert.equal(await paths('3.28.5'), [])
    assert.equal(await paths('3.30.2'), [
      '/apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies',
      '/apis/policy.networking.k8s.io/v1alpha1/baselineadminnetworkpolicies',
    ])
    assert.equal(await paths('3.32.1'), ['/apis/policy.networking.k8s.io/v1beta1/clusternetworkpolicies'])
  },
)

worlds('a list that is begun again in the middle is read whole', async () => {
  const many = Array.from({ length: 1_200 }, (_, i) =>
    runningPod('shop', `more-${i}`, `10.1.${i >> 8}.${i & 255}`),
  )
  const memory = shop({ objects: many })
  let pages = 0
  const cluster = intercepted(memory, ({ path, query }) => {
    if (path === '/api/v1/pods' && query.continue !== undefined && ++pages === 2) memory.server.compact()
    return undefined
  })
  const { world } = orThrow(await worldFrom(cluster)())
  assert.is(world.pods?.length, 1_202)
  assert.ok(pages > 2)
})

worlds('any other failure ends it, and so do the caller and the time', async () => {
  const broken = intercepted(shop(), async ({ path }) =>
    path === '/api/v1/nodes' ? status(401, 'Unauthorized', 'no') : undefined,
  )
  assert.is(failureOf(await worldFrom(broken)())._tag, 'Unauthenticated')
  const controller = new AbortController()
  controller.abort()
  assert.is(failureOf(await worldFrom(shop(), { signal: controller.signal })())._tag, 'Aborted')
  assert.is(failureOf(await worldFrom(shop(), { timeoutMs: -1 })())._tag, 'BadOption')
  assert.is(failureOf(await worldFrom({} as never)())._tag, 'BadOption')
  assert.is(failureOf(await worldFrom(memoryCluster({ calico: false }))())._tag, 'NoCalico')
})

worlds.run()
