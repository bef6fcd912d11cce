import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { jobs, namespaces, pods } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { globalNetworkPolicy, networkPolicy } from '../../../src/index.js'
import type { RunEvent } from '../../../src/runner/event.js'
import { createRunner } from '../../../src/runner/runner.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { labelled, snapshot } from '../../faults/cluster-snapshot.js'
import { intercepted } from '../intercept.js'

const leftovers = suite('what is left')
const policy = (name: string, order = 1) =>
  networkPolicy(name, 'shop').order(order).selector("app == 'w'").allowIngress({})
const all = globalNetworkPolicy('all').order(9).selector("app == 'w'").denyIngress({})
const shop = { type: namespaces, name: 'shop' }

const precondition = ({ metadata }: KubeObject) => ({
  uid: metadata.uid ?? '',
  resourceVersion: metadata.resourceVersion ?? '',
})

leftovers('cleanup works when Calico’s own kinds are gone, and when its information is', async () => {
  for (const calico of [false, '3.28.5'] as const) {
    const cluster = memoryCluster({ namespaces: ['shop'], calico })
    if (calico === '3.28.5') {
      await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply([policy('a')])
      const type = { ...storageType('IPPool'), resource: 'clusterinformations', kind: 'ClusterInformation' }
      const found = orThrow(await cluster.get({ type, name: 'default' })())
      orThrow(await cluster.remove({ type, name: 'default' }, precondition(found))())
    }
    const report = await createRunner({ owner: 'own', cluster, namespace: 'shop' }).cleanup()
    assert.is(report.removed.length, calico === false ? 0 : 1)
  }
})

leftovers(
  'makes the namespace that is named, and removes it when nobody has put anything into it',
  async () => {
    const cluster = memoryCluster({ namespaces: ['shop'] })
    const runner = createRunner({ owner: 'own', cluster, namespace: 'runs' })
    const plan = await runner.plan([policy('a')])
    assert.ok(plan.makes.includes('Namespace(runs)'))
    assert.equal(JSON.parse(JSON.stringify(plan)), plan)
    const report = await runner.apply([policy('a')])
    assert.ok(report.reaped.includes('Namespace(runs)'))
    assert.equal(labelled(await snapshot(cluster), 'own'), ['NetworkPolicy shop/default.a'])

    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'theirs', namespace: 'runs' } }
    const lived: RunEvent[] = []
    const run = runner.apply([policy('a', 2)], { onEvent: (event) => lived.push(event) })
    for await (const event of run) {
      if (event._tag === 'Pod')
        orThrow(await cluster.create({ ...pods, resource: 'secrets', kind: 'Secret' }, secret)())
    }
    const { left } = await run
    assert.equal(left, [{ name: 'Namespace(runs)', cause: 'Secret(theirs) is in it' }])
    assert.is(E.isRight(await cluster.get({ type: namespaces, name: 'runs' })()), true)
    assert.is(E.isRight(await cluster.get(shop)()), true, 'one that was there is never removed')
  },
)

leftovers('takes the pod that a Job has left behind', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'], fault: () => 'Hangs' })
  const controller = new AbortController()
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop', graceMs: 1 })
  const run = runner.apply([policy('a')], { signal: controller.signal })
  for await (const event of run) {
    if (event._tag !== 'Pod') continue
    const [pod] = orThrow(await cluster.list(pods, { namespace: 'shop' })()).items
    if (pod === undefined) return assert.unreachable()
    const { ownerReferences: _owners, ...metadata } = pod.metadata
    const orphan = await cluster.replace(pods, { ...pod, metadata })()
    assert.ok(E.isRight(orphan))
    controller.abort()
  }
  await run.result
  const report = await runner.cleanup()
  assert.equal(report.left, [])
  assert.equal(orThrow(await cluster.list(pods)()).items, [])
})

for (const [now, settings] of [
  ['through the API', { transport: 'api' }],
  ['by a calicoctl on this machine', { transport: { calicoctl: 'calicoctl' } }],
  ['as an account that exists', { rbac: { serviceAccount: 'calicoctl' } }],
] as const) {
  leftovers(
    `I3: an owner that now writes ${now} still finds and removes what a run by a pod has left`,
    async () => {
      const cluster = memoryCluster({ namespaces: ['shop'], fault: () => 'Hangs' })
      const options = { owner: 'own', cluster, namespace: 'runs' }
      const mute = intercepted(cluster, async ({ method }) => (method === 'DELETE' ? 'no reply' : undefined))
      const dying = createRunner({ ...options, cluster: mute, graceMs: 1 })
      const controller = new AbortController()
      const run = dying.apply([policy('a')], { signal: controller.signal })
      for await (const event of run) if (event._tag === 'Pod') controller.abort()
      await run.result
      const there = labelled(await snapshot(cluster), 'own')
      for (const kind of ['ClusterRole', 'Role', 'Job', 'Namespace']) {
        assert.ok(
          there.some((key) => key.startsWith(`${kind} `)),
          `${kind} among ${there}`,
        )
      }
      const later = createRunner({ ...options, ...settings })
      const { runs, unread, unsearched } = await later.status()
      assert.ok(runs.some((name) => name.startsWith('ClusterRole(')))
      assert.equal([unread, unsearched], [[], []])
      const report = await later.cleanup()
      assert.equal(labelled(await snapshot(cluster), 'own'), [])
      assert.equal(report.unsearched, [])
    },
  )
}

leftovers('I18: a hundred runs that fail leave no more than one does', async () => {
  const cluster = memoryCluster({
    namespaces: ['shop'],
    webhook: (type) => (type.resource === 'networkpolicies' ? 'no' : undefined),
  })
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  const count = async () => (await snapshot(cluster)).size
  await runner.te.apply([policy('a')])()
  const one = await count()
  for (let i = 0; i < 25; i++) {
    await Promise.all([1, 2, 3, 4].map(() => runner.te.apply([policy('a')])()))
    await runner.te.cleanup()()
  }
  assert.is(await count(), one)
})

leftovers('ends its connections when it is disposed of', async () => {
  let closed = 0
  const cluster = memoryCluster()
  {
    await using runner = createRunner({ owner: 'own', cluster: { ...cluster, close: () => closed++ } })
    await runner.status()
  }
  assert.is(closed, 1)
})

leftovers(
  'I17: cleanup ends, and takes the rest, when the namespace of a run is being deleted or gone',
  async () => {
    for (const stuck of [false, true]) {
      const cluster = memoryCluster({ namespaces: ['shop', 'runs'], fault: () => 'Hangs' })
      const runner = createRunner({
        owner: 'own',
        cluster,
        namespace: 'runs',
        timeoutMs: 60_000,
        graceMs: 100,
      })
      const finalizers = stuck ? ['example.com/stuck'] : []
      const controller = new AbortController()
      const run = runner.apply([policy('a'), all], { signal: controller.signal })
      for await (const event of run) {
        if (event._tag !== 'Pod') continue
        const { items } = orThrow(await cluster.list(jobs, { namespace: 'runs' })())
        for (const job of items) {
          if (stuck)
            orThrow(await cluster.replace(jobs, { ...job, metadata: { ...job.metadata, finalizers } })())
        }
        const found = orThrow(await cluster.get({ type: namespaces, name: 'runs' })())
        orThrow(await cluster.remove({ type: namespaces, name: 'runs' }, precondition(found))())
        controller.abort()
      }
      await run.result
      const cleaned = await runner.te.cleanup()()
      const left = labelled(await snapshot(cluster), 'own')
      assert.equal(
        left.map((key) => key.split(' ')[0]),
        stuck ? ['Job'] : [],
      )
      assert.is(cleaned._tag, stuck ? 'Left' : 'Right')
      if (E.isLeft(cleaned))
        assert.match(cleaned.left.message, /waits for its finalizers: example\.com\/stuck/)
    }
  },
)

leftovers.run()
