import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { leases } from '../../src/cluster/resource-types.js'
import type { ApiResponse } from '../../src/cluster/transport.js'
import { orThrow } from '../../src/error.js'
import { networkPolicy } from '../../src/index.js'
import type { RunnerError } from '../../src/runner/error.js'
import type { ApplyReport, ItemOutcome } from '../../src/runner/report.js'
import { createRunner } from '../../src/runner/runner.js'
import { storageType } from '../../src/runner/state/stored-resource.js'
import { type MemoryCluster, memoryCluster } from '../../src/testing/index.js'
import { differences, labelled, snapshot } from '../faults/cluster-snapshot.js'
import { type Intercept, intercepted } from './intercept.js'

const race = suite('runs that meet')
const names = ['a', 'b', 'c']
const wishes = [10, 20]
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

/** Two runs with different wishes for the same policies; `around` may do more with a request than to send it in turn. */
const meet = async (
  order: ReadonlyArray<number>,
  seeded: boolean,
  around: (cluster: MemoryCluster, inTurn: Intercept) => Intercept = (_cluster, inTurn) => inTurn,
) => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  if (seeded) await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply(set(1))
  const through = intercepted(cluster, around(cluster, turns(order)))
  const runner = createRunner({ owner: 'own', cluster: through, namespace: 'shop' })
  const results = await Promise.all(wishes.map((wish) => runner.te.apply(set(wish))()))
  return { results, orders: await orders(cluster) }
}

/** Both have planned before either writes, and the Lease of each is lost at once: nothing keeps them apart. */
const apartNoMore = (cluster: MemoryCluster, inTurn: Intercept): Intercept => {
  const waiting: Array<() => void> = []
  return async (request, send) => {
    const path = request.method === 'POST' ? request.path : ''
    if (path.endsWith('/jobs')) {
      const both = new Promise<void>((resolve) => waiting.push(resolve))
      if (waiting.length >= wishes.length) for (const go of waiting) go()
      await both
    }
    const answer = await inTurn(request, send)
    if (!path.endsWith('/leases')) return answer
    const { items } = orThrow(await cluster.list(leases)())
    for (const { metadata } of items) {
      const { name, namespace = '', uid = '', resourceVersion = '' } = metadata
      await cluster.remove({ type: leases, name, namespace }, { uid, resourceVersion })()
    }
    return answer
  }
}

const itemsOf = (result: E.Either<RunnerError, ApplyReport>): ReadonlyArray<ItemOutcome> => {
  if (E.isRight(result)) return result.right.items
  return 'report' in result.left && 'items' in result.left.report ? result.left.report.items : []
}

const anyOrder = fc.array(fc.nat(7), { minLength: 8, maxLength: 40 })

race('I6: two runs of one owner end as one after the other, or one is told that it is busy', async () => {
  await fc.assert(
    fc.asyncProperty(anyOrder, fc.boolean(), async (order, seeded) => {
      const { results, orders: found } = await meet(order, seeded)
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
  'I6: with the Lease lost, each policy has one winner, who says so, and a loser, who is told',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, fc.boolean(), async (order, seeded) => {
        const { results, orders: found } = await meet(order, seeded, apartNoMore)
        names.forEach((name, index) => {
          const outcomes = results.map(
            (result) => itemsOf(result).find((item) => item.name === `NetworkPolicy(shop/${name})`)?.outcome,
          )
          const winners = wishes.filter((_, run) => outcomes[run] === (seeded ? 'updated' : 'created'))
          assert.equal(winners, [found[index]], `${name}: ${outcomes}, ${found}`)
          assert.ok(outcomes.includes('failed'), `${name}: ${outcomes}`)
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
