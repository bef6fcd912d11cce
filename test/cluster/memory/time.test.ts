import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type ManualClock,
  type MemoryCluster,
  manualClock,
  memoryCluster,
} from '../../../src/cluster/memory.js'
import { busybox } from '../busybox.js'
import { events, jobs, ok, pods } from '../contract-ground.js'
import { job } from '../facts/job-spec.js'

const time = suite('time in the memory cluster')

const world = async (
  command: ReadonlyArray<string>,
  spec: object,
): Promise<{ cluster: MemoryCluster; clock: ManualClock }> => {
  const clock = manualClock()
  const cluster = memoryCluster({ clock, programs: { busybox } })
  await clock.advance(1000)
  const ground = { cluster, paged: () => cluster, as: cluster.as, busybox: 'busybox', namespace: 'default' }
  ok(await cluster.create(jobs, job(ground, 'j', command, { spec }))())
  await clock.advance(1000)
  return { cluster, clock }
}

const names = async (cluster: MemoryCluster): Promise<ReadonlyArray<string>> => {
  const [listed, running] = [await cluster.list(jobs)(), await cluster.list(pods)()]
  return [...ok(listed).items, ...ok(running).items].map(({ kind }) => kind)
}

const statusOf = async (cluster: MemoryCluster): Promise<string> => {
  const found = await cluster.get({ type: jobs, namespace: 'default', name: 'j' })()
  return E.isRight(found) ? JSON.stringify(found.right.status) : 'gone'
}

time('a deadline of an hour passes in no time', async () => {
  const { cluster, clock } = await world(['sleep', '1'], { activeDeadlineSeconds: 3600 })
  assert.equal(await names(cluster), ['Job', 'Pod'])
  await clock.advance(3598_000)
  assert.not.match(await statusOf(cluster), /DeadlineExceeded/)
  await clock.advance(2_000)
  assert.match(await statusOf(cluster), /DeadlineExceeded/)
  assert.equal(await names(cluster), ['Job'])
})

time('a time to live of a day passes in no time', async () => {
  const { cluster, clock } = await world(['true'], { ttlSecondsAfterFinished: 86_400 })
  await clock.advance(86_390_000)
  assert.equal(await names(cluster), ['Job', 'Pod'])
  await clock.advance(20_000)
  assert.equal(await names(cluster), [])
})

time('a suspended Job ends its pods, and its deadline counts from the time when it is resumed', async () => {
  const { cluster, clock } = await world(['sleep', '1'], { activeDeadlineSeconds: 3600, backoffLimit: 6 })
  const suspend = async (suspended: boolean) => {
    const found = ok(await cluster.get({ type: jobs, namespace: 'default', name: 'j' })())
    ok(await cluster.replace(jobs, { ...found, spec: { ...Object(found.spec), suspend: suspended } })())
    await clock.advance(1_000)
  }
  await clock.advance(3_500_000)
  await suspend(true)
  assert.equal(await names(cluster), ['Job'])
  assert.match(await statusOf(cluster), /"type":"Suspended","status":"True","reason":"JobSuspended"/)
  await clock.advance(7_200_000)
  await suspend(false)
  assert.equal(await names(cluster), ['Job', 'Pod'])
  assert.match(await statusOf(cluster), /"type":"Suspended","status":"False","reason":"JobResumed"/)
  await clock.advance(3_500_000)
  assert.not.match(await statusOf(cluster), /DeadlineExceeded/)
  await clock.advance(200_000)
  assert.match(await statusOf(cluster), /DeadlineExceeded/)
})

time('pods that fail are made again after ever longer pauses', async () => {
  const { cluster, clock } = await world(['false'], { backoffLimit: 20 })
  const count = async (): Promise<number> => (await names(cluster)).length - 1
  const early = await count()
  await clock.advance(10_000)
  const later = await count()
  await clock.advance(10_000)
  assert.ok(early > 3 && later > early, `${early} ${later}`)
  assert.ok((await count()) - later < later - early + 2)
  await clock.advance(3600_000)
  assert.match(await statusOf(cluster), /BackoffLimitExceeded/)
  assert.is(await count(), 21)
})

time('what keeps going wrong is one event that counts up', async () => {
  const clock = manualClock()
  const cluster = memoryCluster({ clock, programs: { busybox } })
  await clock.advance(1000)
  const ground = { cluster, paged: () => cluster, as: cluster.as, busybox: 'busybox', namespace: 'default' }
  ok(await cluster.create(jobs, job(ground, 'j', ['true'], { pod: { serviceAccountName: 'none' } }))())
  await clock.advance(60_000)
  const { items } = ok(await cluster.list(events, { fieldSelector: 'reason=FailedCreate' })())
  assert.is(items.length, 1)
  assert.ok(Number(items[0]?.count) > 5)
})

time.run()
