import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject, ResourceType, Target } from '../../cluster/port.js'
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
import { objectId } from '../../model/resource-id.js'
import type { CallContext } from '../run-context.js'
import type { Settings } from '../settings.js'
import { toOwnedObject } from '../state/owned-object.js'
import { isOwned, ownerSelector, runLabel } from '../state/owner-labels.js'
import { joinResults, type SearchResult } from './search-result.js'

const always: ReadonlyArray<ResourceType> = [jobs, configMaps, leases]
const provisioned: ReadonlyArray<ResourceType> = [clusterRoleBindings, roleBindings, clusterRoles, roles]

/** The kinds of a run's own objects, in the order of their deletion: rights first, so that a running pod stops writing. */
export const runTypes: ReadonlyArray<ResourceType> = [...provisioned, serviceAccounts, ...always]

/** Those of them that runs by a pod with these settings make. */
export const typesFor = ({ rbac }: Settings): ReadonlyArray<ResourceType> =>
  rbac === 'provision' ? runTypes : always

/** Where to look for an owner's objects. */
export interface Scope {
  /** Only the objects of this run. */
  readonly run?: string
  /** The namespace of the runs' objects; every one when left out. */
  readonly namespace?: string
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
  fallback: settings.namespace ?? target.namespace,
  optional:
    settings.transport === 'pod'
      ? runTypes.filter((type) => !typesFor(settings).includes(type))
      : [...runTypes, pods, namespaces],
})

const selectorFor = (owner: string, run: string | undefined): string =>
  [ownerSelector(owner), ...(run === undefined ? [] : [`${runLabel}=${run}`])].join(',')

interface Listed extends Omit<SearchResult, 'owned'> {
  readonly objects: ReadonlyArray<KubeObject>
}

const nothingListed: Listed = { objects: [], unread: [], unsearched: [], deferred: [] }

/** What carries the owner's label, or where it could not be looked for. A kind that is not served has none. */
export const listLabelled = async (
  context: CallContext,
  type: ResourceType,
  scope: Scope,
  namespace?: string,
): Promise<Listed> => {
  const { cluster, settings, signal } = context
  const place = namespace === undefined ? {} : { namespace }
  const wanted = { signal, ...place, labelSelector: selectorFor(settings.owner, scope.run) }
  const listed = await cluster.list(type, wanted)()
  if (E.isRight(listed)) return { ...nothingListed, objects: listed.right.items }
  if (listed.left._tag === 'NotFound') return nothingListed
  const forbidden = listed.left._tag === 'Forbidden'
  const narrower = type.namespaced && namespace === undefined && forbidden
  if (narrower && scope.fallback !== undefined) return listLabelled(context, type, scope, scope.fallback)
  const name = `${type.resource}${namespace === undefined ? '' : ` in ${namespace}`}`
  const where = [{ name, cause: listed.left.message }]
  const passed = forbidden && scope.optional?.includes(type) === true
  return passed ? { ...nothingListed, unsearched: where } : { ...nothingListed, unread: where }
}

const findOne = async (
  context: CallContext,
  type: ResourceType,
  scope: Scope,
  namespace?: string,
): Promise<SearchResult> => {
  const { objects, ...others } = await listLabelled(context, type, scope, namespace)
  const owned = objects.filter((object) =>
    isOwned(context.settings.owner, objectId({ ...object, kind: type.kind }), object.metadata),
  )
  return { owned: owned.map((object) => toOwnedObject(type, object)), ...others }
}

const places = (type: ResourceType, { namespace, targets }: Scope): ReadonlyArray<string | undefined> => {
  if (!type.namespaced) return [undefined]
  if (type === roles || type === roleBindings) return targets ?? [undefined]
  return [namespace]
}

/** The owner's objects of these kinds that are stored under their own names, proven by label and annotation. */
export const findOwned = async (
  context: CallContext,
  types: ReadonlyArray<ResourceType>,
  scope: Scope,
): Promise<SearchResult> => {
  const found = types.flatMap((type) =>
    places(type, scope).map((namespace) => findOne(context, type, scope, namespace)),
  )
  return joinResults(await Promise.all(found))
}
