import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/error.js'
import { fleetStatus, readIndexes } from '../../../src/fleet/job/fleet-status.js'
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
