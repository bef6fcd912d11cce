import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject, ResourceType } from '../../cluster/port.js'
import { configMaps, jobs, namespaces, pods, serviceAccounts } from '../../cluster/resource-types.js'
import { kindFacts } from '../../model/kind.js'
import { objectId } from '../../model/resource-id.js'
import type { CallContext, RunContext } from '../run-context.js'
import { toOwnedObject } from '../state/owned-object.js'
import { isOwned, ownerLabels, runLabel } from '../state/owner-labels.js'
import { type CalicoGroup, type StoredBy, storageType, storedKinds } from '../state/stored-resource.js'
import { deleteUntilGone } from './delete-until-gone.js'
import type { Deletion } from './deletion.js'
import { findOwned, type Scope } from './find-owned.js'
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

const core = (resource: string, kind: string): ResourceType => ({ ...pods, resource, kind })
const apps = (resource: string, kind: string): ResourceType => ({ ...pods, group: 'apps', resource, kind })

/** What others would miss. What only the cluster itself puts there is not among it. */
const valuedBeside = (group: CalicoGroup): ReadonlyArray<ResourceType> => [
  pods,
  jobs,
  configMaps,
  serviceAccounts,
  core('secrets', 'Secret'),
  core('services', 'Service'),
  core('persistentvolumeclaims', 'PersistentVolumeClaim'),
  apps('deployments', 'Deployment'),
  apps('statefulsets', 'StatefulSet'),
  apps('daemonsets', 'DaemonSet'),
  ...storedKinds.filter((kind) => kindFacts[kind].namespaced).map((kind) => storageType(kind, group)),
]

const fromTheStart = (type: ResourceType, { metadata }: KubeObject): boolean =>
  (type === configMaps && metadata.name === 'kube-root-ca.crt') ||
  (type === serviceAccounts && metadata.name === 'default')

/** What keeps the namespace from being deleted: the first thing in it, or that it cannot be looked into. */
const occupied = async (
  { cluster, calico, signal }: RunContext<StoredBy>,
  name: string,
): Promise<string | undefined> => {
  const found = await Promise.all(
    valuedBeside(calico.group).map(async (type) => {
      const listed = await cluster.list(type, { signal, namespace: name })()
      if (E.isLeft(listed)) return listed.left._tag === 'NotFound' ? undefined : listed.left.message
      const object = listed.right.items.find((item) => !fromTheStart(type, item))
      return object === undefined ? undefined : `${type.kind}(${object.metadata.name}) is in it`
    }),
  )
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

const findEmptyOnes = async (context: RunContext<StoredBy>, scope: Scope): Promise<SearchResult> => {
  const { owned, ...others } = await findRunNamespaces(context, scope)
  const going = owned.flatMap((it) =>
    it.waitsFor === undefined ? [] : [{ ...it, waitsFor: 'the cluster to empty it' }],
  )
  const idle = owned.filter((it) => it.waitsFor === undefined)
  const empty = await unobstructed(idle, ({ ref }) => occupied(context, ref.name))
  return joinResults([{ owned: going, ...others }, empty])
}

/** Deletes the namespaces that runs were given, where nobody has put anything else into them. */
export const deleteRunNamespaces = (context: RunContext<StoredBy>, scope: Scope): Promise<Deletion> =>
  deleteUntilGone(context, () => findEmptyOnes(context, scope), 15_000)
