import * as E from 'fp-ts/lib/Either.js'
import type { CallOptions, Cluster, KubeObject, ResourceType } from '../../cluster/port.js'
import { configMaps, jobs, namespaces, pods, serviceAccounts } from '../../cluster/resource-types.js'
import { kindFacts } from '../../model/kind.js'
import { objectId } from '../../model/resource-id.js'
import type { Emit } from '../event.js'
import { isOwned, marks, runLabel } from '../state/owner-labels.js'
import { type CalicoGroup, type StoredBy, storageType, storedKinds } from '../state/stored-resource.js'
import type { Removal } from './delete-owned.js'
import { type Found, joinFound, nothingFound, sweep, unobstructed } from './delete-owned.js'
import { findOwned, type Scope, toProven } from './find-owned.js'

/** The namespace of a run that is made for it. */
export const home = (owner: string, run: string, name: string): KubeObject => {
  const { labels, annotations } = marks(owner, { kind: namespaces.kind, name })
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

/** What keeps the namespace from being removed: the first thing in it, or that it cannot be looked into. */
const occupied = async (
  cluster: Cluster,
  name: string,
  group: CalicoGroup,
  options: CallOptions,
): Promise<string | undefined> => {
  const found = await Promise.all(
    valuedBeside(group).map(async (type) => {
      const listed = await cluster.list(type, { ...options, namespace: name })()
      if (E.isLeft(listed)) return listed.left._tag === 'NotFound' ? undefined : listed.left.message
      const object = listed.right.items.find((item) => !fromTheStart(type, item))
      return object === undefined ? undefined : `${type.kind}(${object.metadata.name}) is in it`
    }),
  )
  return found.find((cause) => cause !== undefined)
}

const emptyOnes = async (
  cluster: Cluster,
  { proven, ...others }: Found,
  group: CalicoGroup,
  options: CallOptions,
): Promise<Found> => {
  const waiting = proven.flatMap((it) =>
    it.waitsFor === undefined ? [] : [{ ...it, waitsFor: 'the cluster to empty it' }],
  )
  const idle = proven.filter((it) => it.waitsFor === undefined)
  const empty = await unobstructed(idle, ({ ref }) => occupied(cluster, ref.name, group, options))
  return joinFound([{ proven: waiting, ...others }, empty])
}

/** Who may not look for namespaces can only have made the one that they name; and not that, if they may not see it. */
const findHomes = async (cluster: Cluster, scope: Scope, options: CallOptions): Promise<Found> => {
  const found = await findOwned(cluster, [namespaces], scope, options)
  const name = scope.home ?? scope.fallback
  if (found.unread.length === 0 || name === undefined) return found
  const one = await cluster.get({ type: namespaces, name }, options)()
  if (E.isLeft(one)) {
    const none = one.left._tag === 'NotFound' || one.left._tag === 'Forbidden'
    return none ? nothingFound : found
  }
  const owned = isOwned(scope.owner, objectId(one.right), one.right.metadata)
  return owned ? { ...nothingFound, proven: [toProven(namespaces, one.right)] } : nothingFound
}

/** Removes the namespaces that runs were given, where nobody has put anything else into them. */
export const removeHomes = (
  cluster: Cluster,
  { group }: StoredBy,
  scope: Scope,
  emit: Emit,
  options: CallOptions,
): Promise<Removal> =>
  sweep(
    cluster,
    async () => emptyOnes(cluster, await findHomes(cluster, scope, options), group, options),
    emit,
    options,
    15_000,
  )
