import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../src/cluster/port.js'
import { explain, orThrow } from '../../src/error.js'
import { globalNetworkPolicy, networkPolicy } from '../../src/index.js'
import type { RunEvent } from '../../src/runner/event.js'
import { createRunner } from '../../src/runner/runner.js'
import { storageType } from '../../src/runner/storage.js'
import { configMaps, jobs, namespaces, pods } from '../../src/runner/types.js'
import { calicoctl, manualClock, memoryCluster, type Program } from '../../src/testing/index.js'
import { labelled, snapshot } from '../faults/world.js'
import { intercepted, isWrite, status } from './intercept.js'
import { failureOf } from './observe.js'

const world = suite('a cluster that goes its own way')
const policy = (name: string, order = 1) =>
  networkPolicy(name, 'shop').order(order).selector("app == 'w'").allowIngress({})
const all = globalNetworkPolicy('all').order(9).selector("app == 'w'").denyIngress({})
const shop = { type: namespaces, name: 'shop' }

const precondition = ({ metadata }: KubeObject) => ({
  uid: metadata.uid ?? '',
  resourceVersion: metadata.resourceVersion ?? '',
})

world(
  'I4: what a dead client leaves in the namespace vanishes by itself, and the rest is inert',
  async () => {
    const clock = manualClock()
    const cluster = memoryCluster({ namespaces: ['shop'], clock, fault: () => 'Hangs' })
    const running = createRunner({
      owner: 'own',
      cluster,
      namespace: 'shop',
      timeoutMs: 20_000,
      ttlSeconds: 30,
    })
    const killed = new AbortController()
    const silent = intercepted(cluster, async () =>
      killed.signal.aborted ? new Promise<never>(() => {}) : undefined,
    )
    const dead = createRunner({
      owner: 'own',
      cluster: silent,
      namespace: 'shop',
      timeoutMs: 20_000,
      ttlSeconds: 30,
      graceMs: 50,
    })
    const run = dead.apply([policy('a'), all], { signal: killed.signal })
    const ticking = setInterval(() => void clock.advance(1), 5)
    for await (const event of run) if (event._tag === 'Pod') killed.abort()
    clearInterval(ticking)
    await run.result
    assert.ok(labelled(await snapshot(cluster), 'own').some((key) => key.startsWith('Job')))
    await clock.advance((20 + 15 + 30 + 5) * 1000)
    const left = labelled(await snapshot(cluster), 'own')
    assert.equal([...new Set(left.map((key) => key.split(' ')[0]))].sort(), [
      'ClusterRole',
      'ClusterRoleBinding',
      'Role',
      'RoleBinding',
    ])
    const { proven } = { proven: (await running.status()).runs }
    assert.is(proven.length, 4, 'status names them')
  },
)

world('I9: rides out a server that is down, overloaded or answers nonsense for a while', async () => {
  for (const code of [429, 500, 502, 503, 504]) {
    const cluster = memoryCluster({ namespaces: ['shop'] })
    let n = 0
    const flaky = intercepted(
      cluster,
      async (request) => {
        const bad = ++n % 10 === 0 && (code === 429 || !isWrite(request))
        return bad
          ? {
              ...status(code, 'Injected', 'etcdserver: leader changed'),
              headers: code === 429 ? { 'retry-after': '0' } : {},
            }
          : undefined
      },
      { retryForMs: 5_000 },
    )
    const report = await createRunner({ owner: 'own', cluster: flaky, namespace: 'shop' }).apply([
      policy('a'),
      all,
    ])
    assert.ok(
      report.items.every((item) => item.outcome === 'created'),
      String(code),
    )
    assert.equal(report.left, [])
  }
})

world('I13: input that is swapped before the pod starts never reaches calicoctl', async () => {
  const ran: string[] = []
  const real = calicoctl()
  const program: Program = async (run) => {
    ran.push('calicoctl')
    return real(run)
  }
  const cluster = memoryCluster({ namespaces: ['shop'], programs: { 'calico/ctl': program } })
  const swapped = intercepted(cluster, async ({ method, path }, send) => {
    if (method !== 'POST' || !path.endsWith('/configmaps')) return undefined
    const answer = await send()
    const made = JSON.parse(answer.body) as KubeObject
    await cluster.remove(
      { type: configMaps, namespace: 'shop', name: made.metadata.name },
      precondition(made),
    )()
    const { uid: _uid, resourceVersion: _version, ...metadata } = made.metadata
    const data = { 'create-0000.yaml': JSON.stringify({ ...all, metadata: { name: 'evil' } }) }
    orThrow(await cluster.create(configMaps, { ...made, metadata, data })())
    return answer
  })
  const failure = failureOf(
    await createRunner({ owner: 'own', cluster: swapped, namespace: 'shop' }).te.apply([all])(),
  )
  assert.is(failure._tag, 'InputChanged')
  assert.equal(ran, [])
  assert.equal(orThrow(await cluster.list(storageType('GlobalNetworkPolicy'))()).items, [])
  assert.equal(labelled(await snapshot(cluster), 'own'), [])
})

world('I13: input that is swapped while the pod runs is told', async () => {
  let swap = async (): Promise<void> => undefined
  const real = calicoctl()
  const program: Program = async (run) => {
    await swap()
    return real(run)
  }
  const cluster = memoryCluster({ namespaces: ['shop'], programs: { 'calico/ctl': program } })
  swap = async () => {
    const [made] = orThrow(await cluster.list(configMaps, { namespace: 'shop' })()).items.filter(
      (it) => it.metadata.labels !== undefined,
    )
    if (made === undefined) return
    await cluster.remove(
      { type: configMaps, namespace: 'shop', name: made.metadata.name },
      precondition(made),
    )()
    const { uid: _uid, resourceVersion: _version, ...metadata } = made.metadata
    orThrow(await cluster.create(configMaps, { ...made, metadata })())
  }
  const failure = failureOf(
    await createRunner({ owner: 'own', cluster, namespace: 'shop' }).te.apply([all])(),
  )
  assert.is(failure._tag, 'InputChanged')
})

world('I14: tells drift field by field, and does not see any where only the server filled in', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  const resources = [policy('a'), networkPolicy('bare', 'shop').selector('').allowEgress({})]
  await runner.apply(resources)
  assert.is((await runner.plan(resources)).changes, false)
  const ref = { type: storageType('NetworkPolicy'), name: 'default.a', namespace: 'shop' }
  const edits: ReadonlyArray<readonly [field: string, edit: (object: KubeObject) => KubeObject]> = [
    ['spec.order', (it) => ({ ...it, spec: { ...(it.spec as object), order: 5 } })],
    ['spec.selector', (it) => ({ ...it, spec: { ...(it.spec as object), selector: 'all()' } })],
    ['spec.types[1]', (it) => ({ ...it, spec: { ...(it.spec as object), types: ['Ingress', 'Egress'] } })],
    ['spec.ingress', (it) => ({ ...it, spec: { ...(it.spec as object), ingress: [] } })],
    [
      'spec.serviceAccountSelector',
      (it) => ({ ...it, spec: { ...(it.spec as object), serviceAccountSelector: 'all()' } }),
    ],
  ]
  const original = orThrow(await cluster.get(ref)())
  for (const [field, edit] of edits) {
    const now = orThrow(await cluster.get(ref)())
    const changed = edit({ ...original, metadata: now.metadata })
    orThrow(await cluster.replace(ref.type, changed)())
    const { items } = await runner.plan(resources)
    const fields = items.flatMap((item) =>
      item.action === 'update' ? item.changes.map((it) => it.field) : [],
    )
    assert.ok(
      fields.length >= 1 && fields.every((it) => it.startsWith(field.replace(/\[.*/, ''))),
      `${field}: ${fields}`,
    )
    assert.is((await runner.status()).resources.find(({ name }) => name.endsWith('/a)'))?.drifted, true)
  }
})

world('I14: what changes between plan and write is a conflict, never overwritten', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply([policy('a')])
  const ref = { type: storageType('NetworkPolicy'), name: 'default.a', namespace: 'shop' }
  const late = intercepted(cluster, async ({ method, path }) => {
    if (method !== 'POST' || !path.endsWith('/serviceaccounts')) return undefined
    const now = orThrow(await cluster.get(ref)())
    orThrow(await cluster.replace(ref.type, { ...now, spec: { ...(now.spec as object), order: 99 } })())
    return undefined
  })
  const failure = failureOf(
    await createRunner({ owner: 'own', cluster: late, namespace: 'shop' }).te.apply([policy('a', 2)])(),
  )
  assert.is(failure._tag, 'CalicoctlFailed')
  assert.match(failure.message, /update conflict: NetworkPolicy\(shop\/(default\.)?a\)/)
  assert.is((orThrow(await cluster.get(ref)()).spec as { order?: number }).order, 99)
})

world('I16: no token, kubeconfig or policy body in any error, event, log or annotation', async () => {
  const canary = 'canary-8d1f'
  const secret = networkPolicy('a', 'shop')
    .annotations({ note: canary })
    .selector(`app == '${canary}'`)
    .allowIngress({ source: { nets: ['203.0.113.77/32'] } })
  const said: string[] = []
  const tell = (event: RunEvent) => said.push(JSON.stringify(event))
  const cases: ReadonlyArray<Parameters<typeof memoryCluster>[0]> = [
    {},
    { webhook: (type) => (type.resource === 'networkpolicies' ? 'no' : undefined) },
    { webhook: (type) => (type.resource === 'configmaps' ? 'no' : undefined) },
    { webhook: (type) => (type.resource === 'pods' ? 'no' : undefined) },
    { fault: () => 'OOMKilled' },
    { calico: false },
  ]
  for (const options of cases) {
    const cluster = memoryCluster({ namespaces: ['shop'], ...options })
    const runner = createRunner({ owner: 'own', cluster, namespace: 'shop', patienceMs: 200 })
    const results = [
      await runner.te.apply([secret], { onEvent: tell, rollback: true })(),
      await runner.te.apply([{ ...secret, spec: { ...secret.spec, order: 2 } }], { onEvent: tell })(),
    ]
    for (const result of results) {
      if (E.isLeft(result)) said.push(JSON.stringify(result.left), explain(result.left))
      else said.push(JSON.stringify(result.right))
    }
    const kept = await snapshot(cluster)
    for (const [key, text] of kept) {
      const { metadata } = JSON.parse(text)
      const { annotations: { note: _note, 'projectcalico.org/metadata': _kept, ...annotations } = {} } =
        metadata
      said.push(`${key} ${JSON.stringify({ ...metadata, annotations })}`)
    }
    said.push(JSON.stringify(orThrow(await cluster.list({ ...pods, resource: 'events', kind: 'Event' })())))
    said.push(JSON.stringify(await runner.te.cleanup({ onEvent: tell })()))
  }
  assert.ok(said.length > 60)
  assert.equal(
    said.filter((text) => text.includes(canary) || text.includes('203.0.113.77')),
    [],
  )
})

world(
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

world('cleanup works when Calico’s own kinds are gone, and when its information is', async () => {
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

world('makes the namespace that is named, and removes it when nobody has put anything into it', async () => {
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
})

world('takes the pod that a Job has left behind', async () => {
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

world('I18: a hundred runs that fail leave no more than one does', async () => {
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

world('ends its connections when it is disposed of', async () => {
  let closed = 0
  const cluster = memoryCluster()
  {
    await using runner = createRunner({ owner: 'own', cluster: { ...cluster, close: () => closed++ } })
    await runner.status()
  }
  assert.is(closed, 1)
})

world.run()
