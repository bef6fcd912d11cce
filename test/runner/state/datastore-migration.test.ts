import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import { explain, orThrow } from '../../../src/error.js'
import { networkPolicy } from '../../../src/index.js'
import type { ApplyReport } from '../../../src/runner/report.js'
import { createRunner } from '../../../src/runner/runner.js'
import { type CalicoGroup, storageType } from '../../../src/runner/state/stored-resource.js'
import { calicoObjects } from '../../../src/testing/calico/installation.js'
import { type MemoryCluster, memoryCluster } from '../../../src/testing/index.js'
import { intercepted, line, recorded } from '../intercept.js'
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

migration(
  'is native as soon as the old information is gone, though discovery still names its group',
  async () => {
    const cluster = moving()
    await phase(cluster, false, true)
    const ref = information('crd.projectcalico.org')
    const { uid = '', resourceVersion = '' } = orThrow(await cluster.get(ref)()).metadata
    orThrow(await cluster.remove(ref, { uid, resourceVersion })())
    assert.is((await cluster.group('crd.projectcalico.org')())._tag, 'Right')
    const runner = createRunner({ owner: 'own', cluster, namespace: 'shop', transport: 'api' })
    assert.equal(
      (await runner.apply([web])).items.map(({ outcome }) => outcome),
      ['created'],
    )
    assert.is((await policiesIn(cluster, 'projectcalico.org')).length, 1)
    assert.equal((await runner.cleanup()).removed, ['NetworkPolicy(shop/web)'])
  },
)

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

/** The cluster, of which both sides are locked right after its first answer to a request that looks so. */
const lockedAfter = (cluster: MemoryCluster, looks: RegExp): Cluster => {
  let isLocked = false
  return intercepted(cluster, async (request, send) => {
    if (isLocked || !looks.test(line(request))) return undefined
    isLocked = true
    const answer = await send()
    await phase(cluster, false, false)
    return answer
  })
}

/** What an owner has before the move, who then wants something else and is caught by it. */
const caught = async (looks: RegExp) => {
  const cluster = moving()
  await phase(cluster, true, false)
  const options = { owner: 'own', namespace: 'shop', patienceMs: 50 }
  await createRunner({ ...options, cluster }).apply([web, networkPolicy('old', 'shop')])
  return {
    cluster,
    mine: createRunner({ ...options, cluster }),
    late: createRunner({ ...options, cluster: lockedAfter(cluster, looks) }),
  }
}

migration(
  'I8: what is written while it is locked is not known: it may come too late to be copied',
  async () => {
    const { cluster, mine, late } = await caught(/^GET .*\/log$/)
    const failure = failureOf(await late.te.apply([web.order(2)], { prune: true, rollback: true })())
    const { report } = failure as { readonly report: ApplyReport }
    assert.equal(
      report.items.map(({ name, outcome }) => `${name}: ${outcome}`),
      ['NetworkPolicy(shop/web): unknown'],
    )
    assert.match(explain(failure), 'datastore is locked')
    const stored = await policiesIn(cluster, 'crd.projectcalico.org')
    assert.equal(stored.map(({ metadata }) => metadata.name).sort(), ['old', 'web'], 'nothing is pruned')

    await copy(cluster)
    await phase(cluster, false, true)
    const { items } = await mine.apply([web.order(2)], { prune: true })
    assert.equal(items.map(({ outcome }) => outcome).sort(), ['deleted', 'unchanged'])
  },
)

for (const call of ['cleanup', 'prune'] as const)
  migration(
    `I8: what ${call} takes away while it is locked is not called gone: a copy may be left`,
    async () => {
      const { cluster, mine, late } = await caught(/^DELETE .*\/networkpolicies\//)
      await copy(cluster)
      const failure = failureOf<unknown>(
        await (call === 'cleanup' ? late.te.cleanup() : late.te.apply([web], { prune: true }))(),
      )
      assert.match(explain(failure), /NetworkPolicy\(shop\/old\).*datastore is locked/)
      await phase(cluster, false, true)
      assert.ok((await mine.cleanup()).removed.includes('NetworkPolicy(shop/old)'))
      assert.equal(await policiesIn(cluster, 'projectcalico.org'), [])
    },
  )

migration('I1: nothing is written through the API to definitions that Calico does not read yet', async () => {
  const cluster = moving()
  await phase(cluster, true, false)
  const watched = recorded(cluster)
  const { te } = createRunner({ owner: 'own', cluster: watched.cluster, namespace: 'shop', transport: 'api' })
  const failure = failureOf(await te.apply([web])())
  assert.is(failure._tag === 'BadOption' && failure.option, 'transport')
  assert.equal(watched.writes, [])
})

migration('a locked cluster of the old mode alone is told as locked', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'], calico: '3.28.5' })
  await setReady(cluster, groups[0], false)
  const { te } = createRunner({ owner: 'own', cluster, namespace: 'shop', patienceMs: 50 })
  assert.is(failureOf(await te.plan([web])())._tag, 'DatastoreLocked')
})

migration.run()
