import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ApiResponse } from '../../src/cluster/transport.js'
import { orThrow } from '../../src/error.js'
import { networkPolicy } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { storageType } from '../../src/runner/storage.js'
import { leases } from '../../src/runner/types.js'
import { type MemoryCluster, memoryCluster } from '../../src/testing/index.js'
import { differences, labelled, snapshot } from '../faults/world.js'
import { type Intercept, intercepted } from './intercept.js'

const race = suite('runs that meet')
const names = ['a', 'b', 'c']
const set = (order: number) =>
  names.map((name) => networkPolicy(name, 'shop').order(order).selector("app == 'w'").allowIngress({}))

/** Lets requests through one at a time, whose turn it is by these numbers: an order of events that can be told again. */
const turns = (order: ReadonlyArray<number>): Intercept => {
  const waiting: Array<() => void> = []
  let turn = 0
  let busy = false
  const next = (): void => {
    if (busy || waiting.length === 0) return
    busy = true
    const [chosen] = waiting.splice((order[turn++ % order.length] ?? 0) % waiting.length, 1)
    chosen?.()
  }
  return (_request, send) =>
    new Promise<ApiResponse>((resolve, reject) => {
      waiting.push(() => {
        void send()
          .then(resolve, reject)
          .finally(() => {
            busy = false
            next()
          })
      })
      // All who are ready ask first: then there is something to choose from.
      setImmediate(next)
    })
}

const orders = async (cluster: MemoryCluster): Promise<ReadonlyArray<unknown>> => {
  const { items } = orThrow(await cluster.list(storageType('NetworkPolicy'))())
  return items.map(({ spec }) => (spec as { readonly order?: unknown }).order)
}

const settled = async (order: ReadonlyArray<number>, withLease: boolean, seeded: boolean) => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  if (seeded) await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply(set(1))
  const scheduled = turns(order)
  const through = intercepted(cluster, async (request, send) => {
    // A Lease that was lost: another one may be had at once.
    const answer = await scheduled(request, send)
    if (!withLease && request.method === 'POST' && request.path.endsWith('/leases')) {
      const { items } = orThrow(await cluster.list(leases)())
      for (const { metadata } of items) {
        const { name, namespace = '', uid = '', resourceVersion = '' } = metadata
        await cluster.remove({ type: leases, name, namespace }, { uid, resourceVersion })()
      }
    }
    return answer
  })
  const runs = [10, 20].map((wish) =>
    createRunner({ owner: 'own', cluster: through, namespace: 'shop' }).te.apply(set(wish))(),
  )
  const results = await Promise.all(runs)
  return { cluster, results, orders: await orders(cluster) }
}

const anyOrder = fc.array(fc.nat(7), { minLength: 8, maxLength: 40 })

race('I6: two runs of one owner end as one after the other, or one is told that it is busy', async () => {
  await fc.assert(
    fc.asyncProperty(anyOrder, fc.boolean(), async (order, seeded) => {
      const { results, orders: found } = await settled(order, true, seeded)
      const tags = results.map((it) => (it._tag === 'Right' ? 'Right' : it.left._tag))
      assert.ok(tags.includes('Right'), tags.join())
      assert.is(new Set(found).size, 1, `${tags}: ${found}`)
      assert.ok(
        tags.every((tag) => ['Right', 'Busy', 'CalicoctlFailed'].includes(tag)),
        tags.join(),
      )
    }),
    { numRuns: 20 },
  )
})

race(
  'I6: with the Lease lost, resourceVersions still tell each run what is its own and what is not',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, fc.boolean(), async (order, seeded) => {
        const { results, orders: found } = await settled(order, false, seeded)
        results.forEach((result, index) => {
          const wish = [10, 20][index]
          const report =
            result._tag === 'Right' ? result.right : 'report' in result.left ? result.left.report : undefined
          const items = report !== undefined && 'items' in report ? report.items : []
          items.forEach((item) => {
            const is = found[names.indexOf(item.name.at(-2) ?? '')]
            const other = results[1 - index]
            // What a run calls its own may have been replaced since by the other, which then calls it so, too.
            const mine =
              item.outcome === 'created' || item.outcome === 'updated' || item.outcome === 'unchanged'
            if (mine && is !== wish)
              assert.ok(other?._tag === 'Right' || JSON.stringify(other).includes('updated'))
            if (!mine)
              assert.is.not(is, wish, `${item.name} is ${item.outcome}, and holds what it was to hold`)
          })
        })
      }),
      { numRuns: 20 },
    )
  },
)

race('I6: two owners never see each other, whatever the order of events', async () => {
  await fc.assert(
    fc.asyncProperty(anyOrder, async (order) => {
      const cluster = memoryCluster({ namespaces: ['shop'] })
      const theirs = networkPolicy('theirs', 'shop').selector("app == 'x'").allowIngress({})
      await createRunner({ owner: 'other', cluster, namespace: 'shop' }).apply([theirs])
      const before = new Map([...(await snapshot(cluster))].filter(([key]) => key.endsWith('theirs')))
      const through = intercepted(cluster, turns(order))
      const mine = createRunner({ owner: 'own', cluster: through, namespace: 'shop' })
      const other = createRunner({ owner: 'other', cluster: through, namespace: 'shop' })
      const [applied, again] = await Promise.all([
        mine.te.apply(set(1))(),
        other.te.apply([theirs])(),
        mine.te.status()(),
      ])
      assert.is(applied._tag, 'Right')
      assert.is(again._tag === 'Right' && again.right.items[0]?.outcome, 'unchanged')
      const [running] = await Promise.all([other.te.apply([theirs.order(5)])(), mine.te.cleanup()()])
      assert.is(running._tag, 'Right')
      assert.equal(labelled(await snapshot(cluster), 'own'), [])
      assert.is(differences(before, await snapshot(cluster)).filter((it) => it.startsWith('gone')).length, 0)
    }),
    { numRuns: 8 },
  )
})

race.run()
