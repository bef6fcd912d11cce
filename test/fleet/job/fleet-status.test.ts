import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { fleetStatus } from '../../../src/fleet/job/fleet-status.js'
import { readIndexes } from '../../../src/fleet/job/index-status.js'
import { toFleetJob } from '../../../src/fleet/job/to-fleet-job.js'
import { printWorkEnd, readWorkEnd } from '../../../src/fleet/job/work-result.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'
import { image, namespace } from './management.js'

const looking = suite('fleetStatus')

const [, job] = orThrow(
  toFleetJob(
    ['a', 'b', 'c', 'd'],
    { task: 'status', runner: { owner: 'fleet' } },
    { name: 'j', namespace, image },
  ),
)

const pod = (index: number, status: object, attempt = 1) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `j-${index}-${attempt}`,
    namespace,
    labels: { 'batch.kubernetes.io/job-name': 'j' },
    annotations: { 'batch.kubernetes.io/job-completion-index': `${index}` },
  },
  spec: { containers: [{ name: 'work', image: 'other/image:1' }], nodeName: 'memory' },
  status,
})

looking('reads Kubernetes’ lists of indexes', () => {
  assert.equal([...readIndexes('0-2,5,9-10')], [0, 1, 2, 5, 9, 10])
  assert.equal([...readIndexes('')], [])
})

looking('tells a Job that is no fleet’s, and one that is not there', async () => {
  const other = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'other', namespace },
    spec: {
      suspend: true,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a/b:1' }] } },
    },
  }
  const cluster = memoryCluster({ calico: false, namespaces: [namespace], objects: [other] })
  const tag = async (name: string) => {
    const told = await fleetStatus(cluster, { namespace, name })()
    return E.isLeft(told) ? told.left._tag : 'told'
  }
  assert.equal([await tag('other'), await tag('none')], ['NoFleetJob', 'NotFound'])
})

looking('tells what waits, and why', async () => {
  const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image' }
  const pulled = { phase: 'Pending', containerStatuses: [{ name: 'work', state: { waiting } }] }
  const stopped = { ...Object(job), spec: { ...Object(job?.spec), suspend: true } }
  const cluster = memoryCluster({
    calico: false,
    namespaces: [namespace],
    objects: [stopped, pod(1, pulled)],
  })
  const { clusters, state } = orThrow(await fleetStatus(cluster, { namespace, name: 'j' })())
  assert.is(state, 'paused')
  assert.equal(clusters[0], { index: 0, cluster: 'a', state: 'waiting', attempts: 0 })
  assert.is(clusters[1]?.state, 'waiting')
  assert.match(clusters[1]?.message ?? '', /pull/)
})

looking('of two attempts in one second, the one that succeeded is the last', async () => {
  const said = (phase: string, message: string) => ({
    phase,
    containerStatuses: [
      { name: 'work', state: { terminated: { exitCode: phase === 'Failed' ? 1 : 0, message } } },
    ],
  })
  const done = printWorkEnd({ cluster: 'a', outcome: 'done', counts: { created: 1 }, elapsedMs: 1 })
  const attempts = [pod(0, said('Succeeded', done), 1), pod(0, said('Failed', 'Killed'), 2)]
  for (const pods of [attempts, [...attempts].reverse()]) {
    const ended = { ...Object(job), status: { completedIndexes: '0' } }
    const stopped = { ...ended, spec: { ...Object(job?.spec), suspend: true } }
    const cluster = memoryCluster({ calico: false, namespaces: [namespace], objects: [stopped, ...pods] })
    const { clusters } = orThrow(await fleetStatus(cluster, { namespace, name: 'j' })())
    assert.equal(clusters[0]?.end?.counts, { created: 1 })
  }
})

const many = Array.from({ length: 1_001 }, (_, index) => `cluster-${index}`)
const parts = orThrow(
  toFleetJob(
    many,
    { task: 'status', runner: { owner: 'fleet' } },
    { name: 'many', namespace, image, suspend: true },
  ),
).filter(({ kind }) => kind === 'Job')

const over = (part: number, status: object) => ({ ...parts[part], status }) as KubeObject
const condition = (type: string) => [{ type, status: 'True', message: `it is ${type}` }]

const told = async (objects: ReadonlyArray<KubeObject>) => {
  const cluster = memoryCluster({ calico: false, namespaces: [namespace], objects })
  return orThrow(await fleetStatus(cluster, { namespace, name: 'many' })())
}

looking('of several Jobs it tells as of one, by the order of the Secrets', async () => {
  const [, second, third] = parts as [KubeObject, KubeObject, KubeObject]
  const done = over(0, { completedIndexes: '0-333', conditions: condition('Complete') })
  const { name, state, clusters, counts } = await told([third, done, second])
  assert.equal([name, state, clusters.length], ['many', 'paused', 1_001])
  assert.equal(
    clusters.map(({ cluster, index }) => [cluster, index]),
    many.map((cluster, index) => [cluster, index]),
  )
  assert.equal([counts.unknown, counts.waiting], [334, 667], 'its pods are gone with what they said')
})

looking('of several Jobs one that failed is the whole’s failure, once all have ended', async () => {
  const complete = (part: number) => over(part, { conditions: condition('Complete') })
  const failed = over(1, { failedIndexes: '0', conditions: condition('Failed') })
  assert.is((await told([complete(0), failed, parts[2] as KubeObject])).state, 'paused')
  const { state, message, clusters } = await told([complete(0), failed, complete(2)])
  assert.equal([state, message], ['failed', 'it is Failed'])
  assert.is(clusters.find((it) => it.state === 'failed')?.cluster, 'cluster-334')
  assert.is((await told([complete(0), complete(1), complete(2)])).state, 'complete')
})

looking('a Job that is missing is told: nobody does what its clusters wait for', async () => {
  const [first, , third] = parts as [KubeObject, KubeObject, KubeObject]
  const { state, message, clusters } = await told([first, third])
  assert.equal([state, clusters.length], ['incomplete', 667])
  assert.match(message ?? '', /^1 of 3 Jobs missing/)
})

looking('a pod’s last words are read as they were written, and nothing else is taken for them', () => {
  const failure = { _tag: 'Foreign', message: 'it is theirs', hint: 'ask them' }
  const failed = { cluster: 'a', outcome: 'failed', failure, counts: { conflict: 1 }, elapsedMs: 7 } as const
  assert.equal(readWorkEnd(printWorkEnd(failed)), {
    outcome: 'failed',
    failure,
    counts: { conflict: 1 },
    elapsedMs: 7,
  })
  const done = {
    cluster: 'a',
    outcome: 'done',
    calico: '3.28.5',
    counts: { created: 2 },
    elapsedMs: 7,
  } as const
  assert.equal(readWorkEnd(printWorkEnd(done)), {
    outcome: 'done',
    calico: '3.28.5',
    counts: { created: 2 },
    elapsedMs: 7,
  })
  for (const text of ['', 'Killed', '{}', '{"outcome":"well"}', '[1]'])
    assert.is(readWorkEnd(text), undefined)
  const long = { ...failed, failure: { ...failure, message: 'x'.repeat(500), hint: 'y'.repeat(300) } }
  assert.ok(printWorkEnd(long).length < 4096)
})

looking.run()
