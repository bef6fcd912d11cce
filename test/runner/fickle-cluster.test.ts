import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../src/cluster/port.js'
import { configMaps } from '../../src/cluster/resource-types.js'
import { orThrow } from '../../src/error.js'
import { globalNetworkPolicy, networkPolicy } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { storageType } from '../../src/runner/state/stored-resource.js'
import { calicoctl, manualClock, memoryCluster, type Program } from '../../src/testing/index.js'
import { labelled, snapshot } from '../faults/cluster-snapshot.js'
import { intercepted, isWrite, status } from './intercept.js'
import { failureOf } from './observe.js'

const world = suite('a cluster that goes its own way')
const policy = (name: string, order = 1) =>
  networkPolicy(name, 'shop').order(order).selector("app == 'w'").allowIngress({})
const all = globalNetworkPolicy('all').order(9).selector("app == 'w'").denyIngress({})

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
  const bare = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'bare', namespace: 'shop' },
    spec: { selector: '', egress: [{ action: 'Allow' }], ingress: [] },
  }
  const turned = {
    ...bare,
    metadata: { ...bare.metadata, name: 'turned' },
    spec: { types: ['Egress', 'Ingress'] },
  }
  const resources = [policy('a'), bare, turned]
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

world.run()
