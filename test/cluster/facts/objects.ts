import * as assert from 'uvu/assert'
import {
  bad,
  calicoPolicies,
  configMaps,
  exactly,
  type Fact,
  object,
  ok,
  refOf,
  serviceAccounts,
  type as typeOf,
  withMeta,
} from '../contract-ground.js'

export const objectFacts = (fact: Fact): void => {
  fact(
    'a created object has a uid, a resourceVersion and a creation time',
    async ({ cluster, namespace }) => {
      const { metadata } = ok(
        await cluster.create(configMaps, object(configMaps, 'a', namespace, { data: { k: 'v' } }))(),
      )
      assert.match(metadata.uid ?? '', /^[0-9a-f-]{36}$/)
      assert.match(metadata.resourceVersion ?? '', /^\d+$/)
      assert.match(metadata.creationTimestamp ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      const read = ok(await cluster.get({ type: configMaps, namespace, name: 'a' })())
      assert.equal(read.metadata, metadata)
      assert.equal(read.data, { k: 'v' })
      assert.is(read.kind, 'ConfigMap')
    },
  )

  fact('what exists is not created again', async ({ cluster, namespace }) => {
    ok(await cluster.create(configMaps, object(configMaps, 'a', namespace))())
    bad(await cluster.create(configMaps, object(configMaps, 'a', namespace))(), 'AlreadyExists')
  })

  fact('what is not there is not found', async ({ cluster, namespace }) => {
    const ref = { type: configMaps, namespace, name: 'none' }
    assert.is(bad(await cluster.get(ref)(), 'NotFound').missing, 'object')
    assert.is(
      bad(await cluster.replace(configMaps, object(configMaps, 'none', namespace))(), 'NotFound').missing,
      'object',
    )
    assert.is(
      bad(await cluster.remove(ref, { uid: 'x', resourceVersion: '1' })(), 'NotFound').missing,
      'object',
    )
  })

  fact('nothing is created in a namespace that is not there', async ({ cluster }) => {
    const refused = await cluster.create(configMaps, object(configMaps, 'a', 'no-such-namespace'))()
    assert.is(bad(refused, 'NotFound').missing, 'namespace')
  })

  fact(
    'a kind that is not served is told apart from an object that is missing',
    async ({ cluster, namespace }) => {
      const unknown = typeOf('no.such.group', 'things', 'Thing')
      assert.is(bad(await cluster.list(unknown)(), 'NotFound').missing, 'kind')
      assert.is(
        bad(await cluster.create(unknown, object(unknown, 'a', namespace))(), 'NotFound').missing,
        'kind',
      )
      const noVersion = typeOf('batch', 'jobs', 'Job', true, 'v7')
      assert.is(
        bad(await cluster.get({ type: noVersion, namespace, name: 'a' })(), 'NotFound').missing,
        'kind',
      )
    },
  )

  fact('a replaced object is the new one, under a new resourceVersion', async ({ cluster, namespace }) => {
    const old = ok(
      await cluster.create(configMaps, object(configMaps, 'a', namespace, { data: { k: '1' } }))(),
    )
    const next = ok(await cluster.replace(configMaps, { ...old, data: { l: '2' } })())
    assert.equal(next.data, { l: '2' })
    assert.is(next.metadata.uid, old.metadata.uid)
    assert.is.not(next.metadata.resourceVersion, old.metadata.resourceVersion)
  })

  fact('a replace that changes nothing keeps the resourceVersion', async ({ cluster, namespace }) => {
    for (const kind of [configMaps, serviceAccounts, calicoPolicies]) {
      const old = ok(
        await cluster.create(
          kind,
          object(kind, 'a', namespace, kind === calicoPolicies ? { spec: {} } : {}),
        )(),
      )
      const next = ok(await cluster.replace(kind, old)())
      assert.is(next.metadata.resourceVersion, old.metadata.resourceVersion, kind.resource)
    }
  })

  fact(
    'a replace with an old resourceVersion or another uid is a conflict',
    async ({ cluster, namespace }) => {
      const old = ok(await cluster.create(configMaps, object(configMaps, 'a', namespace))())
      ok(await cluster.replace(configMaps, { ...old, data: { k: '1' } })())
      bad(await cluster.replace(configMaps, { ...old, data: { k: '2' } })(), 'Conflict')
      const other = withMeta(object(configMaps, 'a', namespace), {
        uid: '00000000-0000-4000-8000-000000000000',
      })
      bad(await cluster.replace(configMaps, other)(), 'Conflict')
      assert.equal(ok(await cluster.get(refOf(configMaps, old))()).data, { k: '1' })
    },
  )

  fact('custom resources are only replaced with a resourceVersion', async ({ cluster, namespace }) => {
    ok(await cluster.create(configMaps, object(configMaps, 'a', namespace))())
    ok(await cluster.replace(configMaps, object(configMaps, 'a', namespace, { data: { k: '1' } }))())
    const policy = object(calicoPolicies, 'default.a', namespace, { spec: { order: 1 } })
    ok(await cluster.create(calicoPolicies, policy)())
    assert.is(bad(await cluster.replace(calicoPolicies, policy)(), 'Rejected').status, 422)
  })

  fact('the generation of a custom resource counts changes of its spec', async ({ cluster, namespace }) => {
    const first = ok(
      await cluster.create(
        calicoPolicies,
        object(calicoPolicies, 'default.a', namespace, { spec: { order: 1 } }),
      )(),
    )
    const labelled = ok(await cluster.replace(calicoPolicies, withMeta(first, { labels: { a: 'b' } }))())
    const changed = ok(await cluster.replace(calicoPolicies, { ...labelled, spec: { order: 2 } })())
    assert.equal(
      [first, labelled, changed].map(({ metadata }) => metadata.generation),
      [1, 1, 2],
    )
  })

  fact('an object is only removed as the one that was read', async ({ cluster, namespace }) => {
    const old = ok(await cluster.create(configMaps, object(configMaps, 'a', namespace))())
    const ref = refOf(configMaps, old)
    const now = ok(await cluster.replace(configMaps, { ...old, data: { k: '1' } })())
    bad(await cluster.remove(ref, exactly(old))(), 'Conflict')
    bad(
      await cluster.remove(ref, { ...exactly(now), uid: '00000000-0000-4000-8000-000000000000' })(),
      'Conflict',
    )
    ok(await cluster.get(ref)())
    ok(await cluster.remove(ref, exactly(now))())
    bad(await cluster.get(ref)(), 'NotFound')
  })

  fact('finalizers hold an object until they are taken away', async ({ cluster, namespace }) => {
    const held = withMeta(object(configMaps, 'a', namespace), { finalizers: ['contract.test/hold'] })
    const made = ok(await cluster.create(configMaps, held)())
    const ref = refOf(configMaps, made)
    ok(await cluster.remove(ref, exactly(made))())
    const dying = ok(await cluster.get(ref)())
    assert.ok(dying.metadata.deletionTimestamp)
    const { finalizers: _, ...metadata } = dying.metadata
    ok(await cluster.replace(configMaps, { ...dying, metadata })())
    bad(await cluster.get(ref)(), 'NotFound')
  })

  fact('a dry run answers as if, and writes nothing', async ({ cluster, namespace }) => {
    const dryRun = true
    const plain = object(configMaps, 'a', namespace, { data: { k: '1' } })
    assert.ok(ok(await cluster.create(configMaps, plain, { dryRun })()).metadata.uid)
    bad(await cluster.get({ type: configMaps, namespace, name: 'a' })(), 'NotFound')
    const made = ok(await cluster.create(configMaps, plain)())
    bad(await cluster.create(configMaps, plain, { dryRun })(), 'AlreadyExists')
    assert.equal(ok(await cluster.replace(configMaps, { ...made, data: {} }, { dryRun })()).data ?? {}, {})
    ok(await cluster.remove(refOf(configMaps, made), exactly(made), { dryRun })())
    assert.equal(ok(await cluster.get(refOf(configMaps, made))()).data, { k: '1' })
  })
}
