import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import type { KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { toFleetJob } from '../../../src/fleet/job/to-fleet-job.js'
import type { FleetTask } from '../../../src/fleet/run/fleet-task.js'
import { runFleet } from '../../../src/fleet/run/run-fleet.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'
import { management, namespace } from '../job/management.js'

const refusing = suite('a fleet’s task that refuses what closes')

const runner = { owner: 'fleet', transport: 'api' } as const
const resources = [globalNetworkPolicy('deny-all').denyIngress()]
const native = () => memoryCluster({ calico: '3.32.1', native: true })

const pod = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels: { app: name } },
  spec: { containers: [{ name: 'c', image: 'registry.example/app:1' }], nodeName: 'node' },
  status: { phase: 'Running', podIP: name === 'web' ? '10.244.0.7' : '10.244.0.8' },
})

refusing('a cluster where traffic would close is left as it was, and holds up the waves', async () => {
  const quiet = native()
  const busy = memoryCluster({ calico: '3.32.1', native: true, objects: [pod('web'), pod('db')] })
  const clusters = [
    { name: 'quiet', cluster: quiet },
    { name: 'busy', cluster: busy },
    { name: 'late', cluster: native() },
  ]
  const task: FleetTask = { task: 'apply', resources, runner, refuse: ['closes'] }
  const ended = await runFleet(clusters, task, { rollout: { waves: [1, 2] } }).result
  assert.ok(E.isLeft(ended) && ended.left._tag === 'FleetIncomplete')
  const { results } = ended.left.report
  assert.equal(
    results.map((it) => `${it.cluster} ${it.outcome}`),
    ['quiet done', 'busy failed', 'late not-begun'],
  )
  const [, second] = results
  assert.is(second && 'failure' in second && second.failure._tag, 'ConnectivityRefused')
  const left = await createRunner({ ...runner, cluster: busy }).status()
  assert.equal(left.resources, [])
})

refusing('a Job passes it on, and no retry is made of what was refused', async () => {
  const busy = memoryCluster({ calico: '3.32.1', native: true, objects: [pod('web'), pod('db')] })
  const { seen, start, ended } = management(['a', 'b'], (name) => (name === 'a' ? native() : busy))
  const task = { task: 'apply', resources, runner, refuse: ['closes'] } as const
  const options = { name: 'guardrails-1', namespace, image: 'registry.example/typed-calico:1' }
  await start(orThrow(toFleetJob(['a', 'b'], task, options)))
  const { clusters } = await ended('guardrails-1')
  assert.equal(
    clusters.map(({ state, end }) => `${state} ${end?.failure?._tag ?? 'well'}`),
    ['done well', 'failed ConnectivityRefused'],
  )
  assert.is(seen.attempts.get('b'), 1)
})

refusing.run()
