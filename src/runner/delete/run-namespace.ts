import * as E from 'fp-ts/lib/Either.js'
import { inParallel } from '../../async/parallel.js'
import type { KubeObject, ResourceType } from '../../cluster/port.js'
import { namespaces } from '../../cluster/resource-types.js'
import { objectId } from '../../model/resource-id.js'
import type { CallContext } from '../run-context.js'
import { toOwnedObject } from '../state/owned-object.js'
import { isOwned, ownerLabels, runLabel } from '../state/owner-labels.js'
import { deleteUntilGone } from './delete-until-gone.js'
import type { Deletion } from './deletion.js'
import { findOwned, type Scope } from './find-owned.js'
import { isNamespaceDefault } from './namespace-defaults.js'
import { joinResults, nothingFound, type SearchResult, unobstructed } from './search-result.js'

/** The namespace of a run that is made for it. */
export const runNamespace = (owner: string, run: string, name: string): KubeObject => {
  const { labels, annotations } = ownerLabels(owner, { kind: namespaces.kind, name })
  return {
    apiVersion: namespaces.version,
    kind: namespaces.kind,
    metadata: { name, labels: { ...labels, [runLabel]: run }, annotations },
  }
}

const firstIn = async (
  { cluster, signal }: CallContext,
  namespace: string,
  type: ResourceType,
  groups: ReadonlySet<string>,
): Promise<string | undefined> => {
  const listed = await cluster.list(type, { signal, namespace })()
  if (E.isLeft(listed)) return listed.left._tag === 'NotFound' ? undefined : listed.left.message
  const object = listed.right.items.find((item) => !isNamespaceDefault(type, item, groups))
  return object === undefined ? undefined : `${type.kind}(${object.metadata.name}) is in it`
}

/**
 * What keeps the namespace from being deleted: the first thing of any kind in it, or that it cannot be looked into. What
 * others would miss is theirs to say, so that every kind which the cluster serves is asked for.
 */
const occupied = async (context: CallContext, namespace: string): Promise<string | undefined> => {
  const types = await context.cluster.namespacedTypes(context)()
  if (E.isLeft(types)) return `what is in it cannot be listed: ${types.left.message}`
  const groups = new Set(types.right.map(({ group }) => group))
  const found = await inParallel(types.right, (type) => firstIn(context, namespace, type, groups))
  return found.find((cause) => cause !== undefined)
}

/** Who may not look for namespaces can only have made the one that they name; and not that, if they may not see it. */
const findRunNamespaces = async (context: CallContext, scope: Scope): Promise<SearchResult> => {
  const found = await findOwned(context, [namespaces], scope)
  const name = scope.namespace ?? scope.fallback
  if (found.unread.length === 0 || name === undefined) return found
  const one = await context.cluster.get({ type: namespaces, name }, context)()
  if (E.isLeft(one)) {
    const none = one.left._tag === 'NotFound' || one.left._tag === 'Forbidden'
    return none ? nothingFound : found
  }
  const owned = isOwned(context.settings.owner, objectId(one.right), one.right.metadata)
  return owned ? { ...nothingFound, owned: [toOwnedObject(namespaces, one.right)] } : nothingFound
}

const findEmptyOnes = async (context: CallContext, scope: Scope): Promise<SearchResult> => {
  const { owned, ...others } = await findRunNamespaces(context, scope)
  const going = owned.flatMap((it) =>
    it.waitsFor === undefined ? [] : [{ ...it, waitsFor: 'the cluster to empty it' }],
  )
  const idle = owned.filter((it) => it.waitsFor === undefined)
  const empty = await unobstructed(idle, ({ ref }) => occupied(context, ref.name))
  return joinResults([{ owned: going, ...others }, empty])
}

/** Deletes the namespaces that runs were given, where nobody has put anything else into them. */
export const deleteRunNamespaces = (context: CallContext, scope: Scope): Promise<Deletion> =>
  deleteUntilGone(context, () => findEmptyOnes(context, scope), 15_000)
