import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import type { Cluster } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { shootClusters } from '../../../src/fleet/cluster/shoot-clusters.js'
import type { FleetReport } from '../../../src/fleet/run/fleet-report.js'
import type { FleetTask } from '../../../src/fleet/run/fleet-task.js'
import { type FleetOptions, runFleet } from '../../../src/fleet/run/run-fleet.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'
import { gardenOf, shootOf } from '../cluster/garden.js'

const many = suite('500 shoots')

const count = 500
const concurrency = 20
const names = Array.from({ length: count }, (_, index) => `shoot-${index}`)
const asleep = new Set(['shoot-7', 'shoot-300'])

const sleeping = { spec: { networking: { type: 'calico' }, hibernation: { enabled: true } } }
const shoots = names.map((name) => shootOf(name, asleep.has(name) ? sleeping : {}))

/** How many kubeconfigs are in use, and the most that ever were. */
const open = { now: 0, most: 0 }
const targets = new Map<string, Cluster>()

const connect = async (name: string) => {
  const target = targets.get(name) ?? memoryCluster({ calico: '3.32.1', native: true })
  targets.set(name, target)
  open.now += 1
  open.most = Math.max(open.most, open.now)
  const close = () => {
    open.now -= 1
  }
  return E.right({ ...target, close })
}

const garden = gardenOf(shoots, ({ shoot }) => (shoot === 'shoot-42' ? undefined : shoot))
const clusters = orThrow(await shootClusters({ garden: garden.cluster, project: 'core', connect })())

const task = {
  task: 'apply',
  resources: [globalNetworkPolicy('deny-all').denyIngress()],
  runner: { owner: 'fleet', transport: 'api', kinds: ['GlobalNetworkPolicy'] },
} satisfies FleetTask

const run = async (options: FleetOptions = {}): Promise<FleetReport> => {
  const ended = await runFleet(clusters, task, { concurrency, ...options }).result
  if (E.isRight(ended)) return ended.right
  if (ended.left._tag === 'FleetIncomplete') return ended.left.report
  throw new Error(ended.left.message)
}

many('stopped in the middle, each is named, done or not; begun again, each is done', async () => {
  const stop = new AbortController()
  let ended = 0
  const onReport = () => {
    ended += 1
    if (ended === 200) stop.abort()
  }
  const first = await run({ signal: stop.signal, onReport })
  assert.is(new Set(first.results.map(({ cluster }) => cluster)).size, count)
  assert.ok(first.counts['not-begun'] > 0 && first.counts.done >= 199, JSON.stringify(first.counts))
  const second = await run()
  assert.equal(second.counts, { done: 497, failed: 1, interrupted: 0, skipped: 2, 'not-begun': 0 })
  const failed = second.results.filter(({ outcome }) => outcome === 'failed').map(({ cluster }) => cluster)
  assert.equal(failed, ['core/shoot-42'])
  const unchanged = second.results.filter((it) => 'counts' in it && it.counts.unchanged === 1)
  assert.ok(unchanged.length >= first.counts.done, 'what was done is left as it is')
})

many('no more than so many are open at once, and none stays so', () => {
  assert.ok(open.most <= concurrency, `${open.most} open at once`)
  assert.is(open.now, 0)
})

many('the report stays small: a line for each', async () => {
  const onReport = () => undefined
  const report = await run({ onReport })
  const bytes = JSON.stringify(report).length
  assert.ok(bytes < count * 200, `${bytes} bytes`)
})

many.run()
