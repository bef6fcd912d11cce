import * as E from 'fp-ts/lib/Either.js'
import type { CallOptions, Cluster, KubeObject, ResourceType, Target } from '../../cluster/port.js'
import {
  clusterRoleBindings,
  clusterRoles,
  configMaps,
  jobs,
  leases,
  namespaces,
  pods,
  roleBindings,
  roles,
  serviceAccounts,
} from '../../cluster/resource-types.js'
import { objectId, printId } from '../../model/resource-id.js'
import type { Settings } from '../settings.js'
import type { Proven } from '../state/owned-object.js'
import { isOwned, ownerSelector, runLabel } from '../state/owner-labels.js'
import { type Found, joinFound } from './delete-owned.js'

const always: ReadonlyArray<ResourceType> = [jobs, configMaps, leases]
const provisioned: ReadonlyArray<ResourceType> = [clusterRoleBindings, roleBindings, clusterRoles, roles]

/** The kinds of a run's own objects, in the order of their removal: rights first, so that a running pod stops writing. */
export const runTypes: ReadonlyArray<ResourceType> = [...provisioned, serviceAccounts, ...always]

/** Those of them that runs by a pod with these settings make. */
export const typesFor = ({ rbac }: Settings): ReadonlyArray<ResourceType> =>
  rbac === 'provision' ? runTypes : always

/** Where to look, and for whose objects. */
export interface Scope {
  readonly owner: string
  /** Only the objects of this run. */
  readonly run?: string
  /** The namespace of the runs' objects; every one when left out. */
  readonly home?: string
  /** Where to look for them when these credentials may not look everywhere. */
  readonly fallback?: string
  /** The namespaces of the roles; every one when left out. */
  readonly targets?: ReadonlyArray<string>
  /** The kinds that it is no failure to have no right to list. */
  readonly optional?: ReadonlyArray<ResourceType>
}

/**
 * All runs that the owner ever started, with whatever settings: an owner may have changed them. Rights to look for what
 * runs with the present ones do not make are not asked for.
 */
export const everyRun = (settings: Settings, target: Target): Scope => ({
  owner: settings.owner,
  fallback: settings.namespace ?? target.namespace,
  optional:
    settings.transport === 'pod'
      ? runTypes.filter((type) => !typesFor(settings).includes(type))
      : [...runTypes, pods, namespaces],
})

/** An object that was read, as what may be removed at this very version. */
export const toProven = (type: ResourceType, object: KubeObject): Proven => {
  const { name, namespace, uid = '', resourceVersion = '' } = object.metadata
  const { deletionTimestamp, finalizers = [] } = object.metadata
  return {
    name: printId(objectId({ ...object, kind: type.kind })),
    ref: { type, name, ...(namespace === undefined ? {} : { namespace }) },
    only: { uid, resourceVersion },
    ...(deletionTimestamp === undefined ? {} : { waitsFor: `its finalizers: ${finalizers.join(', ')}` }),
  }
}

const selectorFor = ({ owner, run }: Scope): string =>
  [ownerSelector(owner), ...(run === undefined ? [] : [`${runLabel}=${run}`])].join(',')

interface Listed extends Omit<Found, 'proven'> {
  readonly objects: ReadonlyArray<KubeObject>
}

const nothingListed: Listed = { objects: [], unread: [], unsearched: [] }

/** What carries the owner's label, or where it could not be looked for. A kind that is not served has none. */
export const listLabelled = async (
  cluster: Cluster,
  type: ResourceType,
  scope: Scope,
  options: CallOptions,
  namespace?: string,
): Promise<Listed> => {
  const place = namespace === undefined ? {} : { namespace }
  const wanted = { ...options, ...place, labelSelector: selectorFor(scope) }
  const listed = await cluster.list(type, wanted)()
  if (E.isRight(listed)) return { ...nothingListed, objects: listed.right.items }
  if (listed.left._tag === 'NotFound') return nothingListed
  const forbidden = listed.left._tag === 'Forbidden'
  const narrower = type.namespaced && namespace === undefined && forbidden
  if (narrower && scope.fallback !== undefined) {
    return listLabelled(cluster, type, scope, options, scope.fallback)
  }
  const name = `${type.resource}${namespace === undefined ? '' : ` in ${namespace}`}`
  const where = [{ name, cause: listed.left.message }]
  const passed = forbidden && scope.optional?.includes(type) === true
  return passed ? { ...nothingListed, unsearched: where } : { ...nothingListed, unread: where }
}

const findOne = async (
  cluster: Cluster,
  type: ResourceType,
  scope: Scope,
  options: CallOptions,
  namespace?: string,
): Promise<Found> => {
  const { objects, ...others } = await listLabelled(cluster, type, scope, options, namespace)
  const owned = objects.filter((object) =>
    isOwned(scope.owner, objectId({ ...object, kind: type.kind }), object.metadata),
  )
  return { proven: owned.map((object) => toProven(type, object)), ...others }
}

const places = (type: ResourceType, { home, targets }: Scope): ReadonlyArray<string | undefined> => {
  if (!type.namespaced) return [undefined]
  if (type === roles || type === roleBindings) return targets ?? [undefined]
  return [home]
}

/** The owner's objects of these kinds that are stored under their own names, proven by label and annotation. */
export const findOwned = async (
  cluster: Cluster,
  types: ReadonlyArray<ResourceType>,
  scope: Scope,
  options: CallOptions,
): Promise<Found> => {
  const found = types.flatMap((type) =>
    places(type, scope).map((namespace) => findOne(cluster, type, scope, options, namespace)),
  )
  return joinFound(await Promise.all(found))
}
