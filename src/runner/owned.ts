import * as E from 'fp-ts/lib/Either.js'
import type { CallOptions, Cluster, KubeObject, ResourceType } from '../cluster/port.js'
import { identityOf, isOwned, ownerSelector, printIdentity, runLabel } from './ownership.js'
import type { Proven } from './remove.js'
import type { Leftover } from './report.js'
import {
  clusterRoleBindings,
  clusterRoles,
  configMaps,
  jobs,
  leases,
  pods,
  roleBindings,
  roles,
  serviceAccounts,
} from './types.js'

/** What a search found: what is proven to be the owner's, and where it could not look. */
export interface Found {
  readonly proven: ReadonlyArray<Proven>
  readonly unread: ReadonlyArray<Leftover>
}

/** The kinds of a run's own objects, in the order of their removal: rights first, so that a running pod stops writing. */
export const runTypes: ReadonlyArray<ResourceType> = [
  clusterRoleBindings,
  roleBindings,
  clusterRoles,
  roles,
  jobs,
  serviceAccounts,
  configMaps,
  leases,
]

const toProven = (type: ResourceType, object: KubeObject): Proven => {
  const {
    name,
    namespace,
    uid = '',
    resourceVersion = '',
    deletionTimestamp,
    finalizers = [],
  } = object.metadata
  return {
    name: printIdentity(identityOf({ ...object, kind: type.kind })),
    ref: { type, name, ...(namespace === undefined ? {} : { namespace }) },
    only: { uid, resourceVersion },
    ...(deletionTimestamp === undefined ? {} : { finalizers: finalizers.join(', ') }),
  }
}

export interface Scope {
  readonly owner: string
  /** Only the objects of this run. */
  readonly run?: string
  /** Where to look for namespaced kinds; everywhere when left out. */
  readonly namespaces?: ReadonlyArray<string>
}

const listOne = async (
  cluster: Cluster,
  type: ResourceType,
  scope: Scope,
  options: CallOptions,
  namespace?: string,
): Promise<Found> => {
  const labels = [
    ownerSelector(scope.owner),
    ...(scope.run === undefined ? [] : [`${runLabel}=${scope.run}`]),
  ]
  const listed = await cluster.list(type, {
    ...options,
    labelSelector: labels.join(','),
    ...(namespace === undefined ? {} : { namespace }),
  })()
  if (E.isLeft(listed)) {
    return listed.left._tag === 'NotFound'
      ? { proven: [], unread: [] }
      : {
          proven: [],
          unread: [
            {
              name: `${type.resource}${namespace === undefined ? '' : ` in ${namespace}`}`,
              cause: listed.left.message,
            },
          ],
        }
  }
  const owned = listed.right.items.filter((object) =>
    isOwned(scope.owner, identityOf({ ...object, kind: type.kind }), object.metadata),
  )
  return { proven: owned.map((object) => toProven(type, object)), unread: [] }
}

export const joinFound = (found: ReadonlyArray<Found>): Found => ({
  proven: found.flatMap((it) => it.proven),
  unread: found.flatMap((it) => it.unread),
})

/** The owner's objects of these kinds that are stored under their own names, proven by label and annotation. */
export const findOwned = async (
  cluster: Cluster,
  types: ReadonlyArray<ResourceType>,
  scope: Scope,
  options: CallOptions,
): Promise<Found> => {
  const places = (type: ResourceType): ReadonlyArray<string | undefined> =>
    type.namespaced ? (scope.namespaces ?? [undefined]) : [undefined]
  const lists = types.flatMap((type) =>
    places(type).map((namespace) => listOne(cluster, type, scope, options, namespace)),
  )
  return joinFound(await Promise.all(lists))
}

/** How many pods of the owner's Jobs are still there. They go with their Job; none is deleted by itself. */
export const countPods = async (cluster: Cluster, scope: Scope, options: CallOptions): Promise<number> => {
  const labels = [
    ownerSelector(scope.owner),
    ...(scope.run === undefined ? [] : [`${runLabel}=${scope.run}`]),
  ]
  const listed = await cluster.list(pods, { ...options, labelSelector: labels.join(',') })()
  return E.isRight(listed) ? listed.right.items.length : 0
}
