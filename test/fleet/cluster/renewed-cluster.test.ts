import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ClusterError } from '../../../src/cluster/error.js'
import type { Cluster } from '../../../src/cluster/port.js'
import { namespaces } from '../../../src/cluster/resource-types.js'
import { renewedCluster } from '../../../src/fleet/cluster/renewed-cluster.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'

const renewing = suite('a cluster by short-lived credentials')

const target = { description: 'a cluster', namespace: 'default' }
const ref = { type: namespaces, name: 'default' }
const refused: ClusterError = { _tag: 'Unauthenticated', request: 'get', message: 'expired' }

/** Counts what is opened and closed; the credentials of the first so many are refused. */
const counted = (expired: number) => {
  const counts = { opened: 0, closed: 0 }
  const open = async () => {
    counts.opened += 1
    const works = counts.opened > expired
    const cluster = memoryCluster({ calico: false })
    const close = () => {
      counts.closed += 1
    }
    const get: Cluster['get'] = works ? cluster.get : () => async () => E.left(refused)
    return E.right<ClusterError, Cluster>({ ...cluster, get, close })
  }
  return { counts, open }
}

renewing('is opened by the first call, once for all that come together, and closed', async () => {
  const { counts, open } = counted(0)
  const cluster = renewedCluster({ open, target, renewMs: 60_000 })
  assert.equal(await cluster.target()(), E.right(target))
  assert.is(counts.opened, 0)
  const all = await Promise.all(Array.from({ length: 20 }, () => cluster.get(ref)()))
  assert.ok(all.every(E.isRight))
  assert.is(counts.opened, 1)
  cluster.close()
  await new Promise((resolve) => setImmediate(resolve))
  assert.is(counts.closed, 1)
})

renewing('is opened anew when what it has is old', async () => {
  const { counts, open } = counted(0)
  const cluster = renewedCluster({ open, target, renewMs: -1 })
  await cluster.get(ref)()
  await cluster.get(ref)()
  assert.is(counts.opened, 2)
  assert.is(counts.closed, 1)
})

renewing('a call that is refused is sent again with others, once for all that come together', async () => {
  const { counts, open } = counted(1)
  const cluster = renewedCluster({ open, target, renewMs: 60_000 })
  const all = await Promise.all(Array.from({ length: 20 }, () => cluster.get(ref)()))
  assert.ok(all.every(E.isRight))
  assert.is(counts.opened, 2)
})

renewing('credentials that are refused again are the answer', async () => {
  const { counts, open } = counted(9)
  const cluster = renewedCluster({ open, target, renewMs: 60_000 })
  assert.equal(await cluster.get(ref)(), E.left(refused))
  assert.is(counts.opened, 2)
})

renewing('what could not be opened is tried again by the next call', async () => {
  let tries = 0
  const open = async (): Promise<E.Either<ClusterError, Cluster>> => {
    tries += 1
    return tries === 1 ? E.left(refused) : E.right(memoryCluster({ calico: false }))
  }
  const cluster = renewedCluster({ open, target, renewMs: 60_000 })
  assert.ok(E.isLeft(await cluster.get(ref)()))
  assert.ok(E.isRight(await cluster.get(ref)()))
})

renewing.run()
