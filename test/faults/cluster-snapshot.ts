import * as E from 'fp-ts/lib/Either.js'
import type { Cluster, KubeObject, ResourceType } from '../../src/cluster/port.js'
import * as kubernetes from '../../src/cluster/resource-types.js'
import { orThrow } from '../../src/error.js'
import { ownerLabel } from '../../src/runner/state/owner-labels.js'
import { storageType, storedKinds } from '../../src/runner/state/stored-resource.js'

// Not the Runner's own list of what it makes: what that forgets would go unseen here, too.
const {
  accessReviews: _reviews,
  apiVersionOf: _function,
  events: _events,
  endpoints: _endpoints,
  ...kept
} = kubernetes
const types: ReadonlyArray<ResourceType> = [
  ...Object.values(kept),
  ...storedKinds.map((kind) => storageType(kind)),
]

/** `NetworkPolicy shop/default.web`. */
export const keyOf = ({ kind, metadata }: KubeObject): string =>
  `${kind} ${metadata.namespace ?? ''}/${metadata.name}`

/** Every object of the kinds that the Runner ever touches, as text, by kind and name. */
export const snapshot = async (cluster: Cluster): Promise<ReadonlyMap<string, string>> => {
  const lists = await Promise.all(types.map((type) => cluster.list(type)()))
  return new Map(
    lists.flatMap((list) => {
      if (E.isLeft(list) && list.left._tag === 'NotFound') return []
      return orThrow(list).items.map((object) => [keyOf(object), JSON.stringify(object)] as const)
    }),
  )
}

/** What of the one is missing or other in the other. */
export const differences = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): ReadonlyArray<string> => [
  ...[...before].flatMap(([key, text]) => {
    if (after.get(key) === text) return []
    return [`${after.has(key) ? 'changed' : 'gone'}: ${key} ${after.get(key) ?? ''} from ${text}`]
  }),
  ...[...after.keys()].filter((key) => !before.has(key)).map((key) => `new: ${key}`),
]

/** The objects with the owner's label, by a search of everything: not by the Runner's own. */
export const labelled = (objects: ReadonlyMap<string, string>, owner: string): ReadonlyArray<string> =>
  [...objects].flatMap(([key, text]) => (text.includes(`"${ownerLabel}":"${owner}"`) ? [key] : []))
