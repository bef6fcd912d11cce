import * as assert from 'uvu/assert'
import { bad, calicoPolicies, configMaps, type Fact, object, ok, withMeta } from '../world.js'

export const applyFacts = (fact: Fact): void => {
  fact(
    'server-side apply creates what is absent, and changes nothing the second time',
    async ({ cluster, namespace }) => {
      const intent = object(configMaps, 'a', namespace, { data: { k: '1' } })
      const made = ok(await cluster.apply(configMaps, intent, { fieldManager: 'one' })())
      const again = ok(await cluster.apply(configMaps, intent, { fieldManager: 'one' })())
      assert.equal(again.data, { k: '1' })
      assert.is(again.metadata.resourceVersion, made.metadata.resourceVersion)
    },
  )

  fact('a field of another manager is a conflict, unless forced', async ({ cluster, namespace }) => {
    const intent = (value: string) => object(configMaps, 'a', namespace, { data: { k: value } })
    ok(await cluster.apply(configMaps, intent('1'), { fieldManager: 'one' })())
    const { message } = bad(
      await cluster.apply(configMaps, intent('2'), { fieldManager: 'two' })(),
      'Conflict',
    )
    assert.match(message, /conflict with "one".*\.data\.k/)
    ok(await cluster.apply(configMaps, intent('1'), { fieldManager: 'two' })())
    ok(await cluster.apply(configMaps, intent('2'), { fieldManager: 'two', force: true })())
    bad(await cluster.apply(configMaps, intent('1'), { fieldManager: 'one' })(), 'Conflict')
  })

  fact('what a manager leaves out goes, unless it is shared', async ({ cluster, namespace }) => {
    const data = (entries: Readonly<Record<string, string>>) =>
      object(configMaps, 'a', namespace, { data: entries })
    ok(await cluster.apply(configMaps, data({ mine: '1', shared: '1' }), { fieldManager: 'one' })())
    ok(await cluster.apply(configMaps, data({ shared: '1', theirs: '1' }), { fieldManager: 'two' })())
    const left = ok(
      await cluster.apply(configMaps, object(configMaps, 'a', namespace), { fieldManager: 'one' })(),
    )
    assert.equal(left.data, { shared: '1', theirs: '1' })
  })

  fact('what was replaced belongs to who replaced it', async ({ cluster, namespace }) => {
    const policy = (order: number) =>
      object(calicoPolicies, 'default.a', namespace, { spec: { order, selector: 'all()' } })
    const made = ok(await cluster.apply(calicoPolicies, policy(1), { fieldManager: 'one' })())
    ok(await cluster.replace(calicoPolicies, { ...made, spec: { order: 2, selector: 'all()' } })())
    bad(await cluster.apply(calicoPolicies, policy(3), { fieldManager: 'one' })(), 'Conflict')
    const forced = ok(await cluster.apply(calicoPolicies, policy(3), { fieldManager: 'one', force: true })())
    assert.equal(forced.spec, { order: 3, selector: 'all()' })
  })

  fact('apply honours an expected uid and resourceVersion, and dry runs', async ({ cluster, namespace }) => {
    const intent = object(configMaps, 'a', namespace, { data: { k: '1' } })
    const made = ok(await cluster.apply(configMaps, intent, { fieldManager: 'one' })())
    ok(await cluster.replace(configMaps, { ...made, data: { k: '1', l: '2' } })())
    const stale = withMeta(intent, { resourceVersion: made.metadata.resourceVersion ?? '' })
    bad(await cluster.apply(configMaps, stale, { fieldManager: 'one' })(), 'Conflict')
    const dry = { fieldManager: 'one', dryRun: true }
    ok(await cluster.apply(configMaps, object(configMaps, 'b', namespace), dry)())
    bad(await cluster.get({ type: configMaps, namespace, name: 'b' })(), 'NotFound')
  })
}
