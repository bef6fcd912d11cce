import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import type { Cluster } from '../../../src/cluster/port.js'
import type { FleetCluster } from '../../../src/fleet/cluster/fleet-cluster.js'
import type { FleetEvent, FleetReport } from '../../../src/fleet/run/fleet-report.js'
import type { FleetTask } from '../../../src/fleet/run/fleet-task.js'
import { type FleetOptions, runFleet } from '../../../src/fleet/run/run-fleet.js'
import { createRunner } from '../../../src/runner/runner.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'
import { expiring } from '../expiring.js'

const running = suite('runFleet')

const runner = { owner: 'fleet', transport: 'api' } as const
const resources = [globalNetworkPolicy('deny-all').order(10).denyIngress()]
const apply: FleetTask = { task: 'apply', resources, runner }

const native = () => memoryCluster({ calico: '3.32.1', native: true })

const fleetOf = (count: number): ReadonlyArray<FleetCluster> =>
  Array.from({ length: count }, (_, index) => ({ name: `c${index}`, cluster: native() }))

const reportOf = async (run: ReturnType<typeof runFleet>): Promise<FleetReport> => {
  const ended = await run.result
  if (E.isRight(ended)) return ended.right
  if (ended.left._tag === 'FleetIncomplete') return ended.left.report
  throw new Error(ended.left.message)
}

const outcomes = ({ results }: FleetReport): string =>
  results.map((it) => `${it.cluster} ${it.outcome}`).join(', ')

running('begins nothing for a task that there is not', async () => {
  const told = async (task: unknown) => {
    const ended = await runFleet(fleetOf(1), task as FleetTask).result
    return E.isLeft(ended) && ended.left._tag === 'Invalid' ? ended.left.issues.map(({ hint }) => hint) : []
  }
  assert.equal(await told({ ...apply, task: 'aply' }), ['did you mean "apply"?'])
  assert.equal(await told(null), ["write it as { task: 'status', runner: { owner } }"])
})

running('plans, applies, looks and cleans up on each, and says what it did', async () => {
  const clusters = fleetOf(2)
  const [one] = clusters
  const counts = async (task: FleetTask) => {
    const { results } = await runFleet(clusters, task)
    return results.map((it) => ('counts' in it ? it.counts : it.outcome))
  }
  assert.equal(await counts({ ...apply, task: 'plan' }), [{ create: 1 }, { create: 1 }])
  assert.equal(await counts(apply), [{ created: 1 }, { created: 1 }])
  assert.equal(await counts(apply), [{ unchanged: 1 }, { unchanged: 1 }])
  const type = storageType('GlobalNetworkPolicy', 'projectcalico.org')
  const live = await one?.cluster.get({ type, name: 'deny-all' })()
  if (live === undefined || E.isLeft(live)) throw new Error('it is not there')
  await one?.cluster.replace(type, { ...live.right, spec: { ...Object(live.right.spec), order: 5 } })()
  assert.equal(await counts({ task: 'status', runner }), [
    { resources: 1, drifted: 1, runs: 0 },
    { resources: 1, drifted: 0, runs: 0 },
  ])
  assert.equal(await counts({ task: 'cleanup', runner }), [
    { removed: 1, left: 0 },
    { removed: 1, left: 0 },
  ])
})

running('what fails is named, in its own words, and the others go on', async () => {
  const [good] = fleetOf(1)
  const theirs = native()
  await createRunner({ owner: 'theirs', cluster: theirs, transport: 'api' }).apply(resources)
  const clusters: ReadonlyArray<FleetCluster> = [
    { name: 'none', cluster: memoryCluster({ calico: false }) },
    { name: 'theirs', cluster: theirs },
    { name: 'asleep', cluster: native(), unfit: { reason: 'hibernated', message: 'it is hibernated' } },
    { name: 'expired', cluster: expiring(native(), 0) },
    { name: 'expires', cluster: expiring(native(), 8) },
    { ...good, name: 'good' } as FleetCluster,
  ]
  const report = await reportOf(runFleet(clusters, apply, { concurrency: 2 }))
  const tags = report.results.map((it) => `${it.cluster} ${'failure' in it ? it.failure._tag : it.outcome}`)
  assert.equal(tags.slice(0, 4), [
    'none NoCalico',
    'theirs Foreign',
    'asleep skipped',
    'expired Unauthenticated',
  ])
  assert.match(tags[4] ?? '', /^expires (Unauthenticated|Interrupted|ItemsFailed)$/)
  assert.is(tags[5], 'good done')
  assert.equal(report.counts, { done: 1, failed: 4, interrupted: 0, skipped: 1, 'not-begun': 0 })
})

running(
  'what a function makes of a cluster is its input; one that throws is that cluster’s failure',
  async () => {
    const task: FleetTask = {
      ...apply,
      resources: ({ name }) => {
        if (name === 'c1') throw new Error('no such team')
        return [globalNetworkPolicy(`of-${name}`).denyIngress()]
      },
    }
    const report = await reportOf(runFleet(fleetOf(2), task))
    assert.is(outcomes(report), 'c0 done, c1 failed')
    assert.match(JSON.stringify(report.results[1]), /no such team/)
  },
)

running('goes by the viewer where it only reads', async () => {
  const cluster = native()
  const calls: Array<string> = []
  const named = (name: string): Cluster => ({
    ...cluster,
    list: (...args) => {
      calls.push(name)
      return cluster.list(...args)
    },
  })
  const clusters = [{ name: 'c', cluster: named('admin'), viewer: named('viewer') }]
  for (const task of ['plan', 'apply'] as const) {
    calls.length = 0
    await runFleet(clusters, { ...apply, task })
    assert.equal([...new Set(calls)], [task === 'plan' ? 'viewer' : 'admin'])
  }
})

const gated = (options: FleetOptions, broken: ReadonlyArray<string> = []) => {
  const clusters = fleetOf(10).map((one) =>
    broken.includes(one.name) ? { ...one, cluster: memoryCluster({ calico: false }) } : one,
  )
  return runFleet(clusters, apply, { concurrency: 3, ...options })
}

running('goes on in waves, each verified before the next', async () => {
  const events: Array<FleetEvent> = []
  const run = gated({ rollout: { waves: [1, '50%'], verify: 'status' } })
  for await (const event of run) events.push(event)
  const words = events.flatMap((event) => {
    if (event._tag === 'Wave') return [`wave ${event.wave} of ${event.of}: ${event.clusters}`]
    return event._tag === 'Verified' ? [`verified ${event.wave}`] : []
  })
  assert.equal(words, [
    'wave 1 of 3: 1',
    'verified 1',
    'wave 2 of 3: 4',
    'verified 2',
    'wave 3 of 3: 5',
    'verified 3',
  ])
  assert.is((await run).counts.done, 10)
})

running('stops before the next wave when a cluster failed', async () => {
  const report = await reportOf(gated({ rollout: { waves: [2] } }, ['c1']))
  assert.is(outcomes(report).slice(0, 34), 'c0 done, c1 failed, c2 not-begun, ')
  assert.is(report.counts['not-begun'], 8)
  assert.is(report.stopped, '1 has failed')
})

running('stops when what is verified does not hold, and names the cluster', async () => {
  const seen: Array<string> = []
  const verify = async ({ name }: FleetCluster) => {
    seen.push(name)
    return name === 'c0' ? 'the shop cannot reach its database' : undefined
  }
  const report = await reportOf(gated({ rollout: { waves: [1], verify } }))
  assert.equal(seen, ['c0'])
  const [first] = report.results
  assert.ok(first && 'failure' in first)
  assert.equal(
    [first.failure._tag, first.failure.message],
    ['NotVerified', 'the shop cannot reach its database'],
  )
  assert.is(report.counts['not-begun'], 9)
})

running('goes on in spite of as many failures as are allowed', async () => {
  const report = await reportOf(gated({ rollout: { waves: [2] }, stopAfterFailures: 2 }, ['c1']))
  assert.equal([report.counts.done, report.counts.failed], [9, 1])
  const stopped = await reportOf(gated({ concurrency: 1, stopAfterFailures: 2 }, ['c1', 'c3', 'c5']))
  assert.equal([stopped.counts.done, stopped.counts.failed, stopped.counts['not-begun']], [2, 2, 6])
})

running('stopped in the middle, every cluster is named, and another run ends it', async () => {
  const clusters = fleetOf(12)
  const stop = new AbortController()
  let ended = 0
  const run = runFleet(clusters, apply, {
    concurrency: 3,
    signal: stop.signal,
    onReport: () => {
      ended += 1
      if (ended === 4) stop.abort()
    },
  })
  const report = await reportOf(run)
  const { done, interrupted, 'not-begun': open, failed } = report.counts
  assert.is(done + interrupted + open, 12)
  assert.is(failed, 0)
  assert.ok(open >= 5 && report.stopped !== undefined, JSON.stringify(report.counts))
  const again = await runFleet(clusters, apply, { concurrency: 3 })
  assert.is(again.counts.done, 12)
  const untouched = again.results.filter((it) => 'counts' in it && it.counts.unchanged === 1)
  assert.ok(untouched.length >= done)
})

running('refuses options that cannot be used', async () => {
  const [one] = fleetOf(1) as [FleetCluster]
  const places = async (clusters: ReadonlyArray<FleetCluster>, options: FleetOptions) => {
    const ended = await runFleet(clusters, apply, options).result
    return E.isLeft(ended) && ended.left._tag === 'Invalid'
      ? ended.left.issues.map(({ path }) => `${path}`)
      : []
  }
  assert.equal(await places([one, one], {}), ['clusters,1'])
  assert.equal(await places([one], { concurrency: 0 }), ['concurrency'])
  assert.equal(await places([one], { stopAfterFailures: 1.5 }), ['stopAfterFailures'])
  assert.equal(await places([one], { rollout: { waves: [0] } }), ['rollout,waves,0'])
})

running.run()
