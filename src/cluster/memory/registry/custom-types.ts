import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject } from '../../port.js'
import { builtIn, type ServedType, types } from '../kinds/served-type.js'
import { StructuralSchema } from '../kinds/structural-schema.js'
import type { Store } from './store.js'

const Definition = t.type({
  group: t.string,
  scope: t.string,
  names: t.intersection([
    t.type({ plural: t.string, kind: t.string }),
    t.partial({ shortNames: t.array(t.string) }),
  ]),
  versions: t.array(
    t.intersection([
      t.type({ name: t.string, served: t.boolean }),
      t.partial({
        subresources: t.partial({ status: t.unknown }),
        schema: t.partial({ openAPIV3Schema: StructuralSchema }),
      }),
    ]),
  ),
})

/** The kinds that a definition brings, one for each version that is served. */
export const typesOf = (definition: KubeObject): ReadonlyArray<ServedType> => {
  const decoded = Definition.decode(definition.spec)
  if (E.isLeft(decoded)) return []
  const { group, scope, names, versions } = decoded.right
  return versions
    .filter(({ served }) => served)
    .map(({ name, subresources, schema }) => ({
      group,
      version: name,
      resource: names.plural,
      kind: names.kind,
      namespaced: scope === 'Namespaced',
      status: subresources?.status !== undefined,
      generation: true,
      casOnly: true,
      shortNames: names.shortNames ?? [],
      ...(schema?.openAPIV3Schema === undefined ? {} : { schema: schema.openAPIV3Schema }),
    }))
}

/** Every kind that is served: Kubernetes' own, and what the CustomResourceDefinitions in the store bring. */
export const servedTypes = (store: Store): (() => ReadonlyArray<ServedType>) => {
  let seen: ReadonlyArray<KubeObject> | undefined
  let served = builtIn
  return () => {
    const definitions = store.list(types.customresourcedefinitions)
    if (definitions !== seen) {
      seen = definitions
      served = [...builtIn, ...definitions.flatMap(typesOf)]
    }
    return served
  }
}
