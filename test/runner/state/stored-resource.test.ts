import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { networkPolicy } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import { memoryCluster } from '../../../src/testing/index.js'

const names = suite('the names that resources are stored under')
const type = storageType('NetworkPolicy')
const web = networkPolicy('web', 'shop').order(1).allowIngress({})

const stored = async (cluster: Cluster): Promise<ReadonlyArray<KubeObject>> =>
  orThrow(await cluster.list(type, { namespace: 'shop' })()).items

const put = async (cluster: Cluster, { metadata, ...object }: KubeObject, name: string): Promise<void> => {
  const { namespace = 'shop', labels = {}, annotations = {} } = metadata
  orThrow(await cluster.create(type, { ...object, metadata: { name, namespace, labels, annotations } })())
}

const nameOf = ({ metadata }: KubeObject): string => metadata.name

names(
  'I1: a copy under another name is nobody’s, though the name that it keeps is the original’s',
  async () => {
    for (const calico of ['3.28.5', '3.29.7', '3.30.3', '3.31.6', '3.32.1']) {
      const cluster = memoryCluster({ namespaces: ['shop'], calico })
      const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
      await runner.apply([web])
      const [original] = await stored(cluster)
      if (original === undefined) return assert.unreachable()
      await put(cluster, original, 'default.copy')
      await put(cluster, original, 'copy-of-web')
      const status = await runner.status()
      assert.equal(status.resources, [{ name: 'NetworkPolicy(shop/web)', drifted: false }], calico)
      assert.is((await runner.plan([web], { prune: true })).changes, false, calico)
      assert.equal((await runner.cleanup()).removed, ['NetworkPolicy(shop/web)'], calico)
      assert.equal((await stored(cluster)).map(nameOf).sort(), ['copy-of-web', 'default.copy'], calico)
    }
  },
)

/** A cluster of 3.32.1 that has not moved its names yet, with what an older release stored. */
const upgraded = async (from: string) => {
  const old = memoryCluster({ namespaces: ['shop'], calico: from })
  await createRunner({ owner: 'own', cluster: old, namespace: 'shop' }).apply([web])
  const cluster = memoryCluster({ namespaces: ['shop'], calico: '3.32.1' })
  for (const object of await stored(old)) await put(cluster, object, nameOf(object))
  return { cluster, runner: createRunner({ owner: 'own', cluster, namespace: 'shop' }) }
}

names(
  'I3: what older releases stored as default.web is found, unchanged, updated and removed on 3.32',
  async () => {
    for (const from of ['3.28.5', '3.29.7', '3.31.6']) {
      const { cluster, runner } = await upgraded(from)
      const { resources } = await runner.status()
      assert.equal(
        resources.map(({ drifted }) => drifted),
        [false],
        from,
      )
      assert.is((await runner.plan([web])).changes, false, from)

      const plan = await runner.plan([web.order(2)])
      assert.equal(
        plan.items.map(({ action }) => action),
        ['update', 'delete'],
      )
      await runner.apply([web.order(2)])
      assert.equal((await stored(cluster)).map(nameOf), ['web'], from)
      assert.is((await runner.plan([web.order(2)])).changes, false, from)

      const untouched = await upgraded(from)
      assert.is((await untouched.runner.cleanup()).removed.length, 1)
      assert.equal(await stored(untouched.cluster), [], from)
    }
  },
)

names('I3: one that is there under both names is one policy to plan, and cleanup removes both', async () => {
  const { cluster, runner } = await upgraded('3.31.6')
  const [old] = await stored(cluster)
  if (old === undefined) return assert.unreachable()
  await put(cluster, old, 'web')
  assert.equal(
    (await runner.plan([web])).items.map(({ action }) => action),
    ['unchanged', 'delete'],
  )
  assert.is((await runner.cleanup()).removed.length, 2)
  assert.equal(await stored(cluster), [])
})

names('another’s policy that is stored as default.web is not taken for absent on 3.32', async () => {
  const { cluster } = await upgraded('3.31.6')
  const other = createRunner({ owner: 'other', cluster, namespace: 'shop' })
  assert.equal(
    (await other.plan([web])).items.map(({ action }) => action),
    ['conflict'],
  )
  await other.cleanup()
  assert.is((await stored(cluster)).length, 1)
})

names('I3: an object of the owner that does not decode is removed all the same', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  await runner.apply([web])
  const [object] = await stored(cluster)
  if (object === undefined) return assert.unreachable()
  orThrow(await cluster.replace(type, { ...object, spec: { order: 'first' } })())
  assert.equal((await runner.status()).resources, [{ name: 'NetworkPolicy(shop/web)', drifted: true }])
  await runner.cleanup()
  assert.equal(await stored(cluster), [])
})

names.run()
