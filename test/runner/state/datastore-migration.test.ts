import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { networkPolicy } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { type CalicoGroup, storageType } from '../../../src/runner/state/stored-resource.js'
import { calicoObjects } from '../../../src/testing/calico/installation.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { recorded } from '../intercept.js'
import { failureOf } from '../observe.js'

const migration = suite('a cluster that moves to native mode')
const groups = ['crd.projectcalico.org', 'projectcalico.org'] as const
const web = networkPolicy('web', 'shop').order(1).allowIngress({})

const information = (group: CalicoGroup) => ({
  type: { ...storageType('IPPool', group), resource: 'clusterinformations', kind: 'ClusterInformation' },
  name: 'default',
})

/** Both groups served, as in the middle of the move, with what the old one holds. */
const moving = () =>
  memoryCluster({
    namespaces: ['shop'],
    calico: '3.32.1',
    native: true,
    objects: calicoObjects('3.32.1', false),
  })

const setReady = async (cluster: Cluster, group: CalicoGroup, datastoreReady: boolean): Promise<void> => {
  const ref = information(group)
  const found = orThrow(await cluster.get(ref)())
  orThrow(await cluster.replace(ref.type, { ...found, spec: { ...Object(found.spec), datastoreReady } })())
}

const policiesIn = async (cluster: Cluster, group: CalicoGroup): Promise<ReadonlyArray<KubeObject>> =>
  orThrow(await cluster.list(storageType('NetworkPolicy', group), { namespace: 'shop' })()).items

const phase = async (cluster: Cluster, old: boolean, next: boolean): Promise<void> => {
  await setReady(cluster, 'crd.projectcalico.org', old)
  await setReady(cluster, 'projectcalico.org', next)
}

/** The copies that the migration makes: real labels and annotations, and the name without its tier. */
const copy = async (cluster: Cluster): Promise<void> => {
  const type = storageType('NetworkPolicy', 'projectcalico.org')
  for (const object of await policiesIn(cluster, 'crd.projectcalico.org')) {
    const { labels, annotations } = JSON.parse(
      object.metadata.annotations?.['projectcalico.org/metadata'] ?? '{}',
    ) as KubeObject['metadata']
    const migrated = { 'migration.projectcalico.org/migrated-by': 'v1-to-v3' }
    const metadata = {
      name: object.metadata.name.replace(/^default\./, ''),
      namespace: 'shop',
      labels: labels ?? {},
      annotations: { ...annotations, ...migrated },
    }
    orThrow(
      await cluster.create(type, {
        apiVersion: 'projectcalico.org/v3',
        kind: object.kind,
        metadata,
        spec: object.spec,
      })(),
    )
  }
}

for (const how of ['pod', 'api'] as const) {
  migration(
    `I3: what was applied before is found, unchanged, updated and removed after it, by ${how}`,
    async () => {
      const cluster = moving()
      const options = { owner: 'own', cluster, namespace: 'shop' }
      await phase(cluster, true, false)
      await createRunner(options).apply([web])
      assert.equal((await policiesIn(cluster, 'crd.projectcalico.org')).length, 1)
      await phase(cluster, false, false)
      await copy(cluster)
      await phase(cluster, false, true)

      const runner = createRunner({ ...options, transport: how })
      assert.equal((await runner.status()).resources, [{ name: 'NetworkPolicy(shop/web)', drifted: false }])
      assert.is((await runner.plan([web])).changes, false)
      const { items } = await runner.apply([web.order(2)])
      assert.equal(
        items.map(({ outcome }) => outcome),
        ['updated'],
      )
      const [stored] = await policiesIn(cluster, 'projectcalico.org')
      assert.is(Object(stored?.spec).order, 2)
      assert.equal((await runner.cleanup()).removed, ['NetworkPolicy(shop/web)'])
      assert.equal(await policiesIn(cluster, 'projectcalico.org'), [])
    },
  )
}

migration('is waited for while both sides are locked, and nothing is written', async () => {
  const cluster = moving()
  await phase(cluster, true, false)
  await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply([web])
  await phase(cluster, false, false)
  const watched = recorded(cluster)
  const { te } = createRunner({ owner: 'own', cluster: watched.cluster, namespace: 'shop', patienceMs: 50 })
  for (const call of [te.apply([web.order(2)]), te.cleanup()]) {
    assert.is(failureOf<unknown>(await call())._tag, 'DatastoreLocked')
  }
  assert.equal(watched.writes, [])

  const waiting = createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply([web.order(2)])
  await phase(cluster, false, true)
  assert.equal(
    (await waiting).items.map(({ outcome }) => outcome),
    ['created'],
  )
  assert.equal((await policiesIn(cluster, 'projectcalico.org')).length, 1)
})

migration('a locked cluster of the old mode alone is told as locked', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'], calico: '3.28.5' })
  await setReady(cluster, groups[0], false)
  const { te } = createRunner({ owner: 'own', cluster, namespace: 'shop', patienceMs: 50 })
  assert.is(failureOf(await te.plan([web])())._tag, 'DatastoreLocked')
})

migration.run()
