import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { memoryCluster } from '../../src/cluster/memory.js'
import { restCluster } from '../../src/cluster/rest.js'
import type { Transport } from '../../src/cluster/transport.js'
import { bad, configMaps, object, ok } from './contract-ground.js'
import { answer, configMap, type Reply, scriptedCluster, status } from './scripted.js'

const lists = suite('lists')

const page = (name: string, next?: string): Reply =>
  answer(200, {
    metadata: { resourceVersion: '9', ...(next === undefined ? {} : { continue: next }) },
    items: [{ ...configMap, metadata: { name } }],
  })
const expired = status(410, 'Expired', 'too old')

lists('pages are asked for one after the other', async () => {
  const { cluster, requests } = scriptedCluster({ pageSize: 1 }, page('a', 'x'), page('b', 'y'), page('c'))
  const { items, resourceVersion } = ok(await cluster.list(configMaps, { labelSelector: 'a=b' })())
  assert.equal(
    items.map(({ metadata }) => metadata.name),
    ['a', 'b', 'c'],
  )
  assert.is(resourceVersion, '9')
  assert.equal(
    requests.map(({ query }) => query.continue),
    [undefined, 'x', 'y'],
  )
  assert.ok(requests.every(({ query }) => query.limit === '1' && query.labelSelector === 'a=b'))
})

lists('a kind whose objects are large is asked for in pages of its own', async () => {
  const { cluster, requests } = scriptedCluster({}, page('a', 'x'), page('b'))
  ok(await cluster.list({ ...configMaps, pageSize: 20 })())
  assert.equal(
    requests.map(({ query }) => query.limit),
    ['20', '20'],
  )
})

lists('a list whose snapshot expired is asked for at once, with no limit', async () => {
  const { cluster, requests } = scriptedCluster({}, page('old', 'x'), expired, page('a', 'y'), page('b'))
  assert.equal(
    ok(await cluster.list(configMaps)()).items.map(({ metadata }) => metadata.name),
    ['a', 'b'],
  )
  assert.equal(
    requests.map(({ query }) => query.limit),
    ['500', '500', undefined, undefined],
  )
})

lists(
  'what is kept of each object is all that a list holds, and one that expires is begun again in pages',
  async () => {
    const { cluster, requests } = scriptedCluster({}, page('old', 'x'), expired, page('a', 'y'), page('b'))
    const names = ok(
      await cluster.list(configMaps, {
        keep: ({ apiVersion, kind, metadata: { name } }) =>
          name === 'b' ? undefined : { apiVersion, kind, metadata: { name: `${name}!` } },
      })(),
    ).items.map(({ metadata }) => metadata)
    assert.equal(names, [{ name: 'a!' }])
    assert.equal(
      requests.map(({ query }) => query.limit),
      ['500', '500', '500', '500'],
    )
  },
)

lists('one that is begun again for ever is given up', async () => {
  const replies = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? page('a', 'x') : expired))
  const { cluster, requests } = scriptedCluster({}, ...replies)
  assert.is(bad(await cluster.list(configMaps, { keep: (it) => it })(), 'Rejected').status, 410)
  assert.ok(requests.length < 20)
})

lists('a list whose snapshots always expire is given up', async () => {
  const replies = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? page('a', 'x') : expired))
  const { cluster, requests } = scriptedCluster({}, ...replies)
  assert.is(bad(await cluster.list(configMaps)(), 'Rejected').status, 410)
  assert.ok(requests.length < 20)
})

lists('a list that has no end is given up, at a page that was there or after 200,000 objects', async () => {
  for (const again of [true, false]) {
    let pages = 0
    const memory = memoryCluster()
    const send: Transport['send'] = async () => {
      const items = Array.from({ length: 5_000 }, () => configMap)
      const metadata = { continue: again ? 'x' : `page ${++pages}` }
      return E.right({ status: 200, headers: {}, body: JSON.stringify({ metadata, items }) })
    }
    const cluster = restCluster({ ...memory.server.transport(), send })
    assert.match(bad(await cluster.list(configMaps)(), 'Unanswered').message, /does not end/)
    assert.ok(pages < 50)
  }
})

lists('the memory cluster forgets its snapshots when it is told to', async () => {
  const memory = memoryCluster()
  for (const name of ['a', 'b', 'c'])
    ok(await memory.create(configMaps, object(configMaps, name, 'default'))())
  const transport = memory.server.transport()
  let calls = 0
  const compacting = restCluster(
    {
      ...transport,
      send: (request, signal) => {
        if (++calls === 2) memory.server.compact()
        return transport.send(request, signal)
      },
    },
    { pageSize: 1 },
  )
  const { items } = ok(await compacting.list(configMaps, { namespace: 'default' })())
  assert.equal(
    items.map(({ metadata }) => metadata.name).filter((name) => name.length === 1),
    ['a', 'b', 'c'],
  )
  assert.is(calls, 3)
})

lists.run()
