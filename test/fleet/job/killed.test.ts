import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import type { ClusterError } from '../../../src/cluster/error.js'
import { manualClock } from '../../../src/cluster/memory.js'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import { configMaps, jobs, leases, pods } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { fleetStatus } from '../../../src/fleet/job/fleet-status.js'
import { type FleetJobOptions, toFleetJob } from '../../../src/fleet/job/to-fleet-job.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'
import { serveMemory } from '../../../src/testing/serve-memory.js'
import { image, management, namespace } from './management.js'

const killing = suite('a fleet’s Job, when something is killed')

const resources = ['a', 'b', 'c'].map((name) => globalNetworkPolicy(name).denyIngress())
const kinds = ['GlobalNetworkPolicy'] as const
const runner = { owner: 'fleet', transport: 'api', kinds } as const
const options: FleetJobOptions = { name: 'guardrails-1', namespace, image }
const named = { namespace, name: 'guardrails-1' }

const native = () => memoryCluster({ calico: '3.32.1', native: true })

/** A door that calls wait at until it is opened. */
const door = () => {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (let n = 0; n < 3_000; n++) {
    if (await isSo()) return
    await sleep(20)
  }
  throw new Error('it has not come to that')
}

/** A client of its own: a process that creates the objects one after the other, and then stays. */
const client = (url: string, objects: ReadonlyArray<KubeObject>) => {
  const code = `
    for (const [path, body] of JSON.parse(process.argv[1])) {
      const { status } = await fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      console.log(status)
    }
    setInterval(() => {}, 1_000)`
  const posts = objects.map((object) => {
    const [group, resource] = object.kind === 'Job' ? ['apis/batch/v1', 'jobs'] : ['api/v1', 'configmaps']
    return [`${url}/${group}/namespaces/${namespace}/${resource}`, JSON.stringify(object)]
  })
  return spawn(process.execPath, ['--input-type=module', '-e', code, JSON.stringify(posts)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Kills the client once it has been told of so many objects; gives what it was told. */
const killedAfter = async (child: ReturnType<typeof client>, count: number): Promise<string> => {
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    if (said.split('\n').length > count) break
  }
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  return said.trim().split('\n').join(' ')
}

killing(
  'the client, at any moment: what it had begun is found by a label, and another one ends it',
  async () => {
    const { open, opened } = door()
    const target = native()
    const waiting: Cluster = {
      ...target,
      list:
        (...args) =>
        () =>
          opened.then(() => target.list(...args)()),
    }
    const { cluster, ended } = management(['a', 'b', 'c'], (name) => (name === 'a' ? native() : waiting))
    const { url, close } = await serveMemory(cluster.server)
    try {
      const task = { task: 'status', runner } as const
      const objects = orThrow(toFleetJob(['a', 'b', 'c'], task, { ...options, parallelism: 2 }))
      const settings = objects.filter(({ kind }) => kind === 'ConfigMap')
      assert.is(await killedAfter(client(url, settings), 1), '201')
      const none = await fleetStatus(cluster, named)()
      assert.is(E.isLeft(none) && none.left._tag, 'NotFound')
      const labelSelector = 'app.kubernetes.io/instance=guardrails-1'
      const left = orThrow(await cluster.list(configMaps, { namespace, labelSelector })())
      assert.equal(
        left.items.map(({ metadata }) => metadata.name),
        ['guardrails-1-0'],
      )

      assert.is(await killedAfter(client(url, objects), 2), '409 201', 'what is there already is the same')
      await until(async () => orThrow(await fleetStatus(cluster, named)()).counts.done === 1)
      const amid = orThrow(await fleetStatus(cluster, named)())
      assert.is(amid.state, 'running')
      assert.is(amid.clusters.length, 3)
      open()
      assert.equal((await ended('guardrails-1')).counts.done, 3)
    } finally {
      await close()
    }
  },
)

const gone: ClusterError = { _tag: 'Unreachable', request: 'any', message: 'the process is gone' }

/** The cluster as a process sees it that dies when it has made its nth object of a kind: from then on nothing of it gets there. */
const dyingAt = (cluster: Cluster, nth: number, kind: string, die: () => Promise<void>): Cluster => {
  let left = nth
  const alive =
    <Args extends ReadonlyArray<unknown>, A>(
      call: (...args: Args) => () => Promise<E.Either<ClusterError, A>>,
    ) =>
    (...args: Args) =>
    async (): Promise<E.Either<ClusterError, A>> =>
      left <= 0 ? E.left(gone) : call(...args)()
  const create: Cluster['create'] =
    (type, ...rest) =>
    async () => {
      if (type.kind !== kind) return alive(cluster.create)(type, ...rest)()
      if (left <= 0) return E.left(gone)
      left -= 1
      const isLast = left === 0
      await cluster.create(type, ...rest)()
      if (isLast) await die()
      return E.left(gone)
    }
  const { get, list, replace, remove, group } = cluster
  return {
    ...cluster,
    create,
    get: alive(get),
    list: alive(list),
    replace: alive(replace),
    remove: alive(remove),
    group: alive(group),
  }
}

/** A management cluster whose first pod is killed when it has made its nth object of a kind on its target. */
const killedPod = (target: Cluster, nth: number, kind: string) => {
  const made = management(['a'], (_, attempt) => (attempt > 1 ? target : dyingAt(target, nth, kind, kill)))
  const kill = async (): Promise<void> => {
    const { items } = orThrow(await made.cluster.list(pods, { namespace })())
    for (const { metadata } of items) {
      const { name, uid = '', resourceVersion = '' } = metadata
      orThrow(await made.cluster.remove({ type: pods, namespace, name }, { uid, resourceVersion })())
    }
  }
  return made
}

killing('a pod, amid its writes: it is tried again, and leaves what was done', async () => {
  const target = native()
  const { seen, start, ended } = killedPod(target, 2, 'GlobalNetworkPolicy')
  await start(orThrow(toFleetJob(['a'], { task: 'apply', resources, runner }, { ...options, retries: 1 })))
  const { state, clusters } = await ended('guardrails-1')
  assert.is(state, 'complete', JSON.stringify(clusters))
  assert.is(seen.attempts.get('a'), 2)
  const { created = 0, unchanged = 0 } = clusters[0]?.end?.counts ?? {}
  assert.is(created + unchanged, 3)
  assert.ok(unchanged > 0 && created > 0, 'some were written by the pod that was killed')
})

killing('a pod, amid a run of calicoctl: the next waits until the cluster has ended that run', async () => {
  const clock = manualClock(Date.now())
  const target = memoryCluster({ clock })
  const { seen, start, ended } = killedPod(target, 1, 'Lease')
  const leaseIds = async () =>
    orThrow(await target.list(leases, {})()).items.map(({ metadata }) => metadata.uid)
  let first: string | undefined
  let isOver = false
  // Minutes pass at once while the cluster is held by what is left of the first.
  const passTime = async (): Promise<void> => {
    while (!isOver) {
      const isBusy = (seen.connected.get('a') ?? 0) > 2
      if (isBusy) first ??= (await leaseIds())[0]
      await clock.advance(isBusy && (await leaseIds()).includes(first) ? 10_000 : 5)
      await sleep(1)
    }
  }
  const passing = passTime()
  try {
    const task = { task: 'apply', resources, runner: { owner: 'fleet', kinds } } as const
    await start(orThrow(toFleetJob(['a'], task, { ...options, retries: 1 })))
    const { state, clusters } = await ended('guardrails-1')
    assert.is(state, 'complete', JSON.stringify(clusters))
    assert.equal(clusters[0]?.end?.counts, { created: 3 })
    assert.is(seen.attempts.get('a'), 2)
    assert.ok((seen.connected.get('a') ?? 0) > 2, 'it was busy')
    assert.equal((await createRunner({ owner: 'fleet', kinds, cluster: target }).status()).runs, [])
  } finally {
    isOver = true
    await passing
  }
})

killing('suspended in the middle, its pods end; resumed, each cluster is done', async () => {
  const { open, opened } = door()
  const target = native()
  const waiting: Cluster = {
    ...target,
    list:
      (...args) =>
      () =>
        opened.then(() => target.list(...args)()),
  }
  const names = ['a', 'b', 'c', 'd']
  const { cluster, seen, start, status, ended } = management(names, (name) =>
    name === 'a' ? target : waiting,
  )
  const task = { task: 'status', runner } as const
  await start(orThrow(toFleetJob(names, task, { ...options, parallelism: 2 })))
  await until(async () => (await status('guardrails-1')).counts.done === 1 && seen.attempts.has('b'))
  const suspend = async (suspended: boolean) => {
    const job = orThrow(await cluster.get({ type: jobs, ...named })())
    orThrow(await cluster.replace(jobs, { ...job, spec: { ...Object(job.spec), suspend: suspended } })())
  }
  await suspend(true)
  await until(async () => {
    const { items } = orThrow(await cluster.list(pods, { namespace })())
    return items.length === 1
  })
  const paused = await status('guardrails-1')
  assert.equal([paused.state, paused.counts.done, paused.counts.waiting], ['paused', 1, 3])
  open()
  await suspend(false)
  const { state, counts } = await ended('guardrails-1')
  assert.equal([state, counts.done], ['complete', 4])
})

killing.run()
