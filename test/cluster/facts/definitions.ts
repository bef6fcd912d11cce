import * as assert from 'uvu/assert'
import {
  bad,
  eventually,
  exactly,
  type Fact,
  gone,
  object,
  ok,
  refOf,
  type as typeOf,
  unique,
} from '../contract-ground.js'

const definitions = typeOf(
  'apiextensions.k8s.io',
  'customresourcedefinitions',
  'CustomResourceDefinition',
  false,
)

const definition = (group: string) =>
  object(definitions, `things.${group}`, undefined, {
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  })

export const definitionFacts = (fact: Fact): void => {
  fact(
    'a definition brings a kind, and takes its objects with it when it goes',
    async ({ cluster, namespace }) => {
      const group = `${unique('contract')}.test`
      const things = typeOf(group, 'things', 'Thing')
      const made = ok(await cluster.create(definitions, definition(group))())
      const thing = await eventually('the kind is served', async () => {
        const created = await cluster.create(
          things,
          object(things, 'a', namespace, { spec: { deep: { er: [1] } } }),
        )()
        return created._tag === 'Right' ? created.right : undefined
      })
      assert.equal(thing.spec, { deep: { er: [1] } })
      assert.equal(ok(await cluster.group(group)()).resources, ['things'])

      const now = ok(await cluster.get(refOf(definitions, made))())
      ok(await cluster.remove(refOf(definitions, now), exactly(now))())
      await gone(cluster, refOf(definitions, now))
      await eventually('the kind is not served any more', async () => {
        const listed = await cluster.list(things, { namespace })()
        return listed._tag === 'Left' && bad(listed, 'NotFound').missing === 'kind' ? true : undefined
      })
    },
  )
}
