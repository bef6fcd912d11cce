import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Cluster } from '../../src/cluster/port.js'
import { startMetronome } from '../metronome.js'
import { bad, configMaps, ok } from './contract-ground.js'
import {
  answer,
  configMap,
  lost,
  mistrusted,
  type Reply,
  refused,
  scriptedCluster,
  status,
} from './scripted.js'

const attempts = suite('attempts')

const ref = { type: configMaps, namespace: 'shop', name: 'a' }
const exactly = { uid: 'u', resourceVersion: '7' }
const patient = { retryForMs: 5_000 }

const read = (cluster: Cluster) => cluster.get(ref)()
const writes: Readonly<Record<string, (cluster: Cluster) => Promise<unknown>>> = {
  create: (cluster) => cluster.create(configMaps, configMap)(),
  replace: (cluster) => cluster.replace(configMaps, configMap)(),
  remove: (cluster) => cluster.remove(ref, exactly)(),
}

const overloaded = status(429, 'TooManyRequests', 'slow down', {}, { 'retry-after': '0' })
const shuttingDown = status(503, 'ServiceUnavailable', 'shutting down', {}, { 'retry-after': '0' })
const broken = status(500, 'InternalError', 'etcd is away')
const gateway = answer(502, '<html>bad gateway</html>')

attempts('a read is sent again until there is an answer', async () => {
  for (const trouble of [
    lost,
    refused,
    overloaded,
    shuttingDown,
    broken,
    gateway,
    status(504, 'Timeout', 'slow'),
  ]) {
    const { cluster, requests } = scriptedCluster(patient, trouble, trouble, answer(200, configMap))
    assert.is(ok(await read(cluster)).metadata.name, 'a')
    assert.is(requests.length, 3)
  }
})

attempts('a write is sent again only when the server cannot have done it', async () => {
  for (const [name, write] of Object.entries(writes)) {
    for (const trouble of [refused, overloaded, shuttingDown]) {
      const { cluster, requests } = scriptedCluster(patient, trouble, answer(200, configMap))
      await write(cluster)
      assert.is(requests.length, 2, name)
    }
  }
})

attempts('a write without an answer is sent once, and is unanswered', async () => {
  const silent503 = status(503, 'ServiceUnavailable', 'error trying to reach service')
  for (const trouble of [
    lost,
    broken,
    gateway,
    silent503,
    answer(200, '<html>log in</html>'),
    answer(200, '{'),
  ]) {
    const { cluster, requests } = scriptedCluster(patient, trouble)
    const result = await cluster.create(configMaps, configMap)()
    assert.match(bad(result, 'Unanswered').hint ?? '', /./)
    assert.is(requests.length, 1)
  }
})

attempts('a redirect is no success', async () => {
  for (const write of Object.values(writes)) {
    const { cluster, requests } = scriptedCluster(patient, answer(302, '', { location: 'https://elsewhere' }))
    const result = await write(cluster)
    assert.match(JSON.stringify(result), /"_tag":"Rejected".*"status":302/)
    assert.is(requests.length, 1)
  }
})

attempts('a page that says 200 to a deletion has not deleted', async () => {
  const { cluster } = scriptedCluster(patient, answer(200, '<html>welcome</html>'))
  bad(await cluster.remove(ref, exactly)(), 'Unanswered')
})

attempts('a dry run and an access review are reads', async () => {
  const dry = scriptedCluster(patient, lost, answer(201, configMap))
  ok(await dry.cluster.create(configMaps, configMap, { dryRun: true })())
  const type = {
    group: 'authorization.k8s.io',
    version: 'v1',
    resource: 'selfsubjectaccessreviews',
    kind: 'SelfSubjectAccessReview',
    namespaced: false,
  }
  const review = scriptedCluster(patient, broken, answer(201, { metadata: { creationTimestamp: null } }))
  const asked = ok(
    await review.cluster.create(type, { apiVersion: 'x', kind: 'x', metadata: { name: '' } })(),
  )
  assert.equal(asked.metadata, { name: '' })
})

attempts('what cannot get better is not tried again', async () => {
  const cases: ReadonlyArray<readonly [Reply, string]> = [
    [mistrusted, 'Unreachable'],
    [status(401, 'Unauthorized', 'Unauthorized'), 'Unauthenticated'],
    [status(403, 'Forbidden', 'no'), 'Forbidden'],
    [status(404, 'NotFound', 'not found', { kind: 'configmaps' }), 'NotFound'],
    [status(409, 'Conflict', 'conflict'), 'Conflict'],
    [status(422, 'Invalid', 'invalid'), 'Rejected'],
  ]
  for (const [reply, tag] of cases) {
    const { cluster, requests } = scriptedCluster(patient, reply)
    const result = await read(cluster)
    assert.is(result._tag === 'Left' && result.left._tag, tag)
    assert.is(requests.length, 1, tag)
  }
})

attempts('retries end when their time is over', async () => {
  for (const [trouble, tag] of [
    [refused, 'Unreachable'],
    [lost, 'Unanswered'],
    [overloaded, 'Unavailable'],
  ] as const) {
    const { cluster, requests } = scriptedCluster({ retryForMs: 300 }, trouble)
    const metronome = startMetronome()
    bad(await read(cluster), tag)
    metronome.stop()
    assert.ok(metronome.elapsedMs() < 1000)
    assert.ok(requests.length >= 2, `${requests.length}`)
  }
})

attempts('the wait that the server asks for is kept', async () => {
  const { cluster } = scriptedCluster(
    patient,
    status(429, 'TooManyRequests', 'x', {}, { 'retry-after': '1' }),
    answer(200, configMap),
  )
  const before = Date.now()
  ok(await read(cluster))
  assert.ok(Date.now() - before >= 990)
})

attempts('a wait longer than the retries may take ends the call at once', async () => {
  const { cluster } = scriptedCluster(
    patient,
    status(429, 'TooManyRequests', 'x', {}, { 'retry-after': '3600' }),
  )
  const metronome = startMetronome()
  assert.is(bad(await read(cluster), 'Unavailable').status, 429)
  metronome.stop()
  assert.ok(metronome.elapsedMs() < 500)
})

attempts('a call settles when its signal fires, even if the transport does not', async () => {
  const { cluster } = scriptedCluster(patient, 'never')
  const controller = new AbortController()
  const call = cluster.get(ref, { signal: controller.signal })()
  setTimeout(() => controller.abort(), 20)
  bad(await call, 'Aborted')

  const deadline = new AbortController()
  const late = cluster.get(ref, { signal: deadline.signal })()
  setTimeout(() => deadline.abort(new DOMException('late', 'TimeoutError')), 20)
  bad(await late, 'TimedOut')
})

attempts('a call that waits for its next attempt settles when its signal fires', async () => {
  const { cluster, requests } = scriptedCluster(
    { retryForMs: 60_000 },
    status(429, 'x', 'x', {}, { 'retry-after': '30' }),
  )
  const controller = new AbortController()
  const call = cluster.get(ref, { signal: controller.signal })()
  setTimeout(() => controller.abort(), 50)
  bad(await call, 'Aborted')
  assert.is(requests.length, 1)
})

attempts('an attempt without an answer is given up', async () => {
  const { cluster, requests } = scriptedCluster({ attemptMs: 30, retryForMs: 0 }, 'never')
  bad(await cluster.create(configMaps, configMap)(), 'Unanswered')
  assert.is(requests.length, 1)
})

attempts('an aborted call sends nothing', async () => {
  const { cluster, requests } = scriptedCluster(patient, answer(200, configMap))
  bad(await cluster.get(ref, { signal: AbortSignal.abort() })(), 'Aborted')
  assert.is(requests.length, 0)
})

attempts.run()
