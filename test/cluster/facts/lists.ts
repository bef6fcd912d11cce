import * as assert from 'uvu/assert'
import { bad, configMaps, type Fact, object, ok, type World, withMeta } from '../contract-ground.js'

const fill = async ({ cluster, namespace }: World): Promise<void> => {
  const labels = [{ app: 'web', tier: 'a' }, { app: 'web', tier: 'b' }, { app: 'db' }, {}]
  for (const [index, given] of labels.entries()) {
    ok(
      await cluster.create(
        configMaps,
        withMeta(object(configMaps, `m${index}`, namespace), { labels: given }),
      )(),
    )
  }
}

export const listFacts = (fact: Fact): void => {
  fact('the items of a list have their kind, and come in the order of their names', async (world) => {
    await fill(world)
    const { items, resourceVersion } = ok(
      await world.cluster.list(configMaps, { namespace: world.namespace })(),
    )
    assert.match(resourceVersion, /^\d+$/)
    assert.equal(
      items.map(({ kind, apiVersion, metadata }) => `${apiVersion} ${kind} ${metadata.name}`),
      ['kube-root-ca.crt', 'm0', 'm1', 'm2', 'm3'].map((name) => `v1 ConfigMap ${name}`),
    )
  })

  fact('a list holds of each object what it is told to keep', async (world) => {
    await fill(world)
    const { items } = ok(
      await world.cluster.list(configMaps, {
        namespace: world.namespace,
        keep: ({ apiVersion, kind, metadata: { name, labels } }) =>
          labels?.app === undefined ? undefined : { apiVersion, kind, metadata: { name } },
      })(),
    )
    assert.equal(
      items.map(({ metadata }) => metadata),
      [{ name: 'm0' }, { name: 'm1' }, { name: 'm2' }],
    )
  })

  fact('lists are selected by label', async (world) => {
    await fill(world)
    const cases: ReadonlyArray<readonly [string, string]> = [
      ['app=web', 'm0 m1'],
      ['app==web,tier=b', 'm1'],
      ['app!=web', 'kube-root-ca.crt m2 m3'],
      ['tier in (a, b)', 'm0 m1'],
      ['app in (db,web),!tier', 'm2'],
      ['app,tier notin (a)', 'm1 m2'],
      ['!app', 'kube-root-ca.crt m3'],
    ]
    for (const [labelSelector, expected] of cases) {
      const { items } = ok(
        await world.cluster.list(configMaps, { namespace: world.namespace, labelSelector })(),
      )
      assert.is(items.map(({ metadata }) => metadata.name).join(' '), expected, labelSelector)
    }
    bad(await world.cluster.list(configMaps, { labelSelector: 'a in (' })(), 'Rejected')
  })

  fact('lists are selected by field', async (world) => {
    await fill(world)
    const { cluster, namespace } = world
    const named = ok(await cluster.list(configMaps, { fieldSelector: 'metadata.name=m1', namespace })())
    assert.equal(
      named.items.map(({ metadata }) => metadata.name),
      ['m1'],
    )
    const others = ok(
      await cluster.list(configMaps, {
        fieldSelector: `metadata.namespace=${namespace},metadata.name!=m1`,
      })(),
    )
    assert.is(others.items.length, 4)
    bad(await cluster.list(configMaps, { fieldSelector: 'data.k=v' })(), 'Rejected')
  })

  fact('a list without a namespace is of all of them', async (world) => {
    await fill(world)
    const { items } = ok(await world.cluster.list(configMaps, { labelSelector: 'app=db' })())
    assert.ok(items.some(({ metadata }) => metadata.namespace === world.namespace && metadata.name === 'm2'))
  })

  fact('a list in pages is the same list', async (world) => {
    await fill(world)
    const { namespace, cluster, paged } = world
    for (const size of [1, 2, 5, 6]) {
      assert.equal(
        ok(await paged(size).list(configMaps, { namespace })()).items,
        ok(await cluster.list(configMaps, { namespace })()).items,
      )
    }
  })

  fact('nothing there is an empty list', async ({ cluster }) => {
    assert.equal(ok(await cluster.list(configMaps, { namespace: 'no-such-namespace' })()).items, [])
  })
}
