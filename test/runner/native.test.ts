import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { globalNetworkPolicy, networkPolicy, tier } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { inspectCalico } from '../../src/runner/state/calico-cluster.js'
import { storageType } from '../../src/runner/state/stored-resource.js'
import { memoryCluster } from '../../src/testing/index.js'
import { failureOf } from './observe.js'

const native = suite("Calico's native mode")

const clusterWith = (...objects: ReadonlyArray<KubeObject>) =>
  memoryCluster({ namespaces: ['shop'], calico: '3.32.1', native: true, objects })

const information = {
  type: {
    ...storageType('FelixConfiguration', 'projectcalico.org'),
    resource: 'clusterinformations',
    kind: 'ClusterInformation',
  },
  name: 'default',
} as const

const pool = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'IPPool',
  metadata: { name: 'pods' },
  spec: { cidr: '10.9.0.0/16' },
}

const web = networkPolicy('web', 'shop').allowIngress()

native('is told from what the cluster serves', async () => {
  assert.equal(orThrow(await inspectCalico(clusterWith(), {})()), {
    version: '3.32.1',
    group: 'projectcalico.org',
  })
  const before = memoryCluster({ calico: '3.32.1' })
  assert.is(orThrow(await inspectCalico(before, {})()).group, 'crd.projectcalico.org')
  assert.is(failureOf(await inspectCalico(memoryCluster({ calico: false }), {})())._tag, 'NoCalico')
})

native('is not taken for what a cluster is on which nothing may be read', async () => {
  for (const [options, group] of [
    [{}, 'crd.projectcalico.org'],
    [{ calico: '3.32.1', native: true }, 'projectcalico.org'],
  ] as const) {
    const failure = failureOf(await inspectCalico(memoryCluster(options).as('nobody'), {})())
    assert.is(failure._tag, 'Forbidden')
    assert.match(failure.message, ` clusterinformations.${group} default`)
  }
})

native(
  'hands its pod the right to the tier, and of its policies to those that it replaces alone',
  async () => {
    const runner = createRunner({ owner: 'own', cluster: clusterWith(), namespace: 'shop' })
    await runner.apply([web])
    const { grants } = await runner.plan([web.order(7), globalNetworkPolicy('deny').denyIngress()])
    const rules = grants.flatMap((grant) => grant.rules)
    assert.equal(
      rules.map((rule) => [rule.resources, rule.verbs, rule.resourceNames].join(' ')),
      [
        'clusterinformations get default',
        'tiers get default',
        'globalnetworkpolicies create ',
        'tier.globalnetworkpolicies create default.*',
        'networkpolicies get,update web',
        'tier.networkpolicies update default.*',
      ],
    )
    assert.equal([...new Set(rules.flatMap(({ apiGroups }) => apiGroups))], ['projectcalico.org'])
  },
)

native('is cleaned up when there is no ClusterInformation any more', async () => {
  const cluster = clusterWith()
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  await runner.apply([web])
  const { metadata } = orThrow(await cluster.get(information)())
  const { uid = '', resourceVersion = '' } = metadata
  orThrow(await cluster.remove(information, { uid, resourceVersion })())
  assert.is(failureOf(await runner.te.apply([web])())._tag, 'NoCalico')
  assert.equal((await runner.cleanup()).removed, ['NetworkPolicy(shop/web)'])
})

native('keeps a tier that others use, and a pool whose addresses are in use', async () => {
  const block = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPAMBlock',
    metadata: { name: '10-9-0-0-26' },
    spec: { cidr: '10.9.0.0/26', allocations: [null, 0] },
  }
  const cluster = clusterWith(block)
  const mine = createRunner({ owner: 'own', cluster, transport: 'api' })
  await mine.apply([tier('ops').order(5), pool])
  const other = createRunner({ owner: 'other', cluster, transport: 'api' })
  await other.apply([web.tier('ops')])
  const failure = failureOf(await mine.te.cleanup()())
  assert.equal(
    failure._tag === 'CleanupIncomplete' && failure.report.left.map(({ name, cause }) => `${name}: ${cause}`),
    ['Tier(ops): NetworkPolicy web is in it', 'IPPool(pods): addresses of its block 10.9.0.0/26 are in use'],
  )
  await other.cleanup()
  assert.equal(failureOf(await mine.te.cleanup()())._tag, 'CleanupIncomplete')
  assert.equal((await mine.status()).resources, [{ name: 'IPPool(pods)', drifted: false }])
})

for (const mode of ['native', 'default'] as const) {
  native(`a pool and a staged policy of Kubernetes are created by pod, in ${mode} mode`, async () => {
    const cluster = memoryCluster({ namespaces: ['shop'], calico: '3.32.1', native: mode === 'native' })
    const staged = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'StagedKubernetesNetworkPolicy',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    }
    const runner = createRunner({ owner: 'own', cluster, namespace: 'shop', transport: 'pod' })
    const { items } = await runner.apply([staged, pool])
    assert.equal(
      items.map(({ outcome }) => outcome),
      ['created', 'created'],
    )
    const again = await runner.plan([staged, pool])
    assert.equal(
      again.items.map(({ action }) => action),
      ['unchanged', 'unchanged'],
    )
  })
}

native.run()
