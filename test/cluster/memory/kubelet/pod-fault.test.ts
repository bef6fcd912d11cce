import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type MemoryCluster,
  type MemoryOptions,
  memoryCluster,
  type Program,
} from '../../../../src/cluster/memory.js'
import { busybox } from '../../busybox.js'
import {
  bad,
  eventually,
  exactly,
  jobs,
  namespaces,
  object,
  ok,
  pods,
  refOf,
  serviceAccounts,
  type as typeOf,
  type World,
  withMeta,
} from '../../contract-ground.js'
import { job } from '../../facts/job-spec.js'
import { onlyPod } from '../../facts/jobs.js'

const faults = suite('what happens to pods in the memory cluster')

const start = async (
  options: MemoryOptions,
  command: ReadonlyArray<string> = ['true'],
  pod: object = {},
): Promise<World & { cluster: MemoryCluster }> => {
  const cluster = memoryCluster({ programs: { busybox }, ...options })
  const world = { cluster, paged: () => cluster, as: cluster.as, busybox: 'busybox', namespace: 'default' }
  await sleep(5)
  ok(await cluster.create(jobs, job(world, 'j', command, { pod }))())
  return world
}

const told = (world: World, tells: RegExp): Promise<string> =>
  eventually(`${tells}`, async () => {
    const pod = JSON.stringify((await onlyPod(world, 'j')).status)
    return tells.test(pod) ? pod : undefined
  })

const jobTold = ({ cluster }: World, tells: RegExp): Promise<true> =>
  eventually(`${tells}`, async () => {
    const now = ok(await cluster.get({ type: jobs, namespace: 'default', name: 'j' })())
    return tells.test(JSON.stringify(now.status)) ? true : undefined
  })

faults('one is killed for its memory', async () => {
  const world = await start({ fault: () => 'OOMKilled' })
  assert.match(await told(world, /"reason":"OOMKilled"/), /"exitCode":137/)
  await jobTold(world, /BackoffLimitExceeded/)
})

faults('one is evicted', async () => {
  const world = await start({ fault: () => 'Evicted' })
  assert.match(await told(world, /"reason":"Evicted"/), /"phase":"Failed".*DisruptionTarget/)
  await jobTold(world, /BackoffLimitExceeded/)
})

faults('one vanishes', async () => {
  const world = await start({ fault: () => 'Vanished' })
  await jobTold(world, /BackoffLimitExceeded/)
  assert.equal(ok(await world.cluster.list(pods)()).items, [])
})

faults('one hangs until it is deleted', async () => {
  const world = await start({ fault: () => 'Hangs' })
  await told(world, /"phase":"Running"/)
  await sleep(50)
  const pod = await onlyPod(world, 'j')
  ok(await world.cluster.remove(refOf(pods, pod), exactly(pod))())
  await jobTold(world, /BackoffLimitExceeded/)
})

faults('one is on a lost node: nobody says that it is gone', async () => {
  const world = await start({ fault: () => 'NodeLost' })
  await told(world, /"reason":"NodeLost"/)
  const pod = await onlyPod(world, 'j')
  ok(await world.cluster.remove(refOf(pods, pod), exactly(pod))())
  await sleep(50)
  assert.ok(ok(await world.cluster.get(refOf(pods, pod))()).metadata.deletionTimestamp)
})

const asking: Program = async ({ send }) => {
  const { status } = await send({ method: 'GET', path: '/api/v1/namespaces', query: {}, headers: {} })
  return { exitCode: 0, stdout: `${status}\n`, stderr: '' }
}

const log = async (world: World): Promise<string> => {
  await told(world, /"terminated"/)
  const ref = refOf(pods, await onlyPod(world, 'j'))
  return ok(await world.cluster.logs(ref, { container: 'main' })())
}

faults('one cannot reach the API server', async () => {
  const world = await start({ programs: { busybox: asking }, fault: () => 'NoNetwork' })
  assert.is(await log(world), 'panic: dial tcp 10.96.0.1:443: i/o timeout\n')
})

faults('one asks as its service account, with its rights', async () => {
  assert.is(await log(await start({ programs: { busybox: asking } })), '403\n')
})

faults('one whose service account was deleted is not let in', async () => {
  let goOn = (): void => {}
  const gone = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const late: Program = async (run) => {
    await gone
    return asking(run)
  }
  const world = await start({ programs: { busybox: late } })
  await told(world, /"phase":"Running"/)
  const account = await world.cluster.get({ type: serviceAccounts, namespace: 'default', name: 'default' })()
  ok(
    await world.cluster.remove(
      { type: serviceAccounts, namespace: 'default', name: 'default' },
      exactly(ok(account)),
    )(),
  )
  goOn()
  assert.match(await log(world), /^(401|403)\n$/)
})

faults('one whose program crashes ends with its message', async () => {
  const crash: Program = () => Promise.reject(new Error('oh no'))
  const world = await start({ programs: { busybox: crash } })
  assert.is(await log(world), 'panic: oh no\n')
  assert.match(await told(world, /"exitCode":2/), /"phase":"Failed"/)
})

const nodes = typeOf('', 'nodes', 'Node', false)

faults('one waits for a node that it tolerates and that has room', async () => {
  const world = await start({}, ['true'], {
    nodeSelector: { disk: 'fast' },
    tolerations: [{ key: 'gpu', operator: 'Exists' }],
  })
  await told(world, /1 node\(s\) didn't match Pod's node affinity\/selector/)
  const node = ok(await world.cluster.get({ type: nodes, name: 'memory' })())
  const tainted = {
    taints: [
      { key: 'gpu', effect: 'NoSchedule' },
      { key: 'other', value: 'x', effect: 'NoExecute' },
    ],
  }
  const labelled = withMeta(node, { labels: { ...node.metadata.labels, disk: 'fast' } })
  const now = ok(await world.cluster.replace(nodes, { ...labelled, spec: tainted })())
  await told(world, /1 node\(s\) had untolerated taint \{other: x\}/)
  const cordoned = ok(await world.cluster.replace(nodes, { ...now, spec: { unschedulable: true } })())
  await told(world, /1 node\(s\) were unschedulable/)
  ok(await world.cluster.replace(nodes, { ...cordoned, spec: {} })())
  await told(world, /"phase":"Succeeded"/)
})

faults('a webhook refuses what it does not like', async () => {
  const cluster = memoryCluster({
    webhook: ({ kind }, { metadata }, old) =>
      kind === 'Namespace' && metadata.name.startsWith('bad')
        ? `no ${old === undefined ? 'new' : 'changed'} bad`
        : undefined,
  })
  ok(await cluster.create(namespaces, object(namespaces, 'good'))())
  const refused = bad(await cluster.create(namespaces, object(namespaces, 'bad'))(), 'Forbidden')
  assert.is(refused.by, 'admission')
  assert.match(refused.message, /admission webhook "memory\.example" denied the request: no new bad/)
})

faults('what a cluster cannot start with is said at once', () => {
  assert.throws(
    () => memoryCluster({ objects: [object(pods, 'a', 'nowhere')] }),
    /namespaces "nowhere" not found/,
  )
  assert.throws(
    () => memoryCluster({ objects: [object(typeOf('x', 'ys', 'Y'), 'a')] }),
    /no such kind in x\/v1/,
  )
})

faults.run()
