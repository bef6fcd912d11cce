import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { deadline } from '../../async/deadline.js'
import { inParallel } from '../../async/parallel.js'
import { type Fail, task } from '../../async/task.js'
import type { ClusterError } from '../../cluster/error.js'
import type { Cluster, KubeObject, ResourceType } from '../../cluster/port.js'
import { parseVersion } from '../../model/calico-version.js'
import type { World } from '../../policy/world/world.js'
import { badOption } from '../bad-option.js'
import { type CallOptions, checkCallOptions } from '../call-options.js'
import type { BadOption, DatastoreLocked, MissingPermissions, NoCalico } from '../error.js'
import { accessTo } from '../permission/access.js'
import { missingPermissions } from '../permission/preflight.js'
import type { UnreadPart } from '../report.js'
import { groupOf, inspectCalico } from '../state/calico-cluster.js'
import type { StoredBy } from '../state/stored-resource.js'
import { keptFields } from './kept-fields.js'
import { assumedCalico, readable } from './readable.js'
import type { WorldSnapshot } from './world-snapshot.js'
import { kindName, worldTypes } from './world-types.js'

/** `timeoutMs` is for the whole; 120,000 unless told otherwise. */
export interface WorldOptions extends CallOptions {}

/** Why the world of a cluster could not be read at all. `MissingPermissions`: these credentials may read nothing. */
export type WorldError = ClusterError | NoCalico | DatastoreLocked | MissingPermissions | BadOption

/** The objects of a type, or why they could not be read. */
interface Listed {
  readonly type: ResourceType
  readonly objects: E.Either<string, ReadonlyArray<KubeObject>>
  readonly isServed: boolean
}

const isCluster = (value: unknown): value is Cluster => typeof Object(value).list === 'function'

/** The cluster's Calico, as far as it may be known. */
const calicoOf = async (
  cluster: Cluster,
  signal: AbortSignal,
  fail: Fail<WorldError>,
): Promise<{ readonly calico: StoredBy; readonly unread: ReadonlyArray<UnreadPart> }> => {
  const found = await inspectCalico(cluster, { signal })()
  if (E.isRight(found)) return { calico: found.right, unread: [] }
  if (found.left._tag !== 'Forbidden') return fail(found.left)
  const unread = [{ kind: 'ClusterInformation', cause: found.left.message }]
  return { calico: { group: await groupOf(cluster, { signal }) }, unread }
}

/** Lists the types, some at once. One that may not be listed is told; any other failure ends them all. */
const listAll = async (
  cluster: Cluster,
  types: ReadonlyArray<ResourceType>,
  signal: AbortSignal,
): Promise<E.Either<ClusterError, ReadonlyArray<Listed>>> => {
  const over = new AbortController()
  const stop = (): void => over.abort(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  let failure: ClusterError | undefined
  const kept = new WeakSet<KubeObject>()
  const keep = (object: KubeObject): KubeObject | undefined => {
    const it = keptFields(object)
    if (it !== undefined) kept.add(it)
    return it
  }
  const listed = await inParallel(types, async (type): Promise<Listed> => {
    const nothing: Listed = { type, objects: E.right([]), isServed: false }
    if (failure !== undefined) return nothing
    const found = await cluster.list(type, { signal: over.signal, keep })()
    if (E.isRight(found)) {
      // A cluster of another make may not know of `keep`.
      const objects = found.right.items.flatMap((it) => (kept.has(it) ? it : (keptFields(it) ?? [])))
      return { type, objects: E.right(objects), isServed: true }
    }
    if (found.left._tag === 'NotFound') return nothing
    if (found.left._tag === 'Forbidden') return { type, objects: E.left(found.left.message), isServed: true }
    failure ??= found.left
    over.abort(signal.reason)
    return nothing
  })
  signal.removeEventListener('abort', stop)
  return failure === undefined ? E.right(listed) : E.left(failure)
}

const lists: Readonly<Record<string, Exclude<keyof World, 'resources' | 'unread'>>> = {
  Namespace: 'namespaces',
  ServiceAccount: 'serviceAccounts',
  Pod: 'pods',
  Node: 'nodes',
  Service: 'services',
  EndpointSlice: 'endpointSlices',
}

const nameIn = ({ metadata: { namespace, name } }: KubeObject): string =>
  namespace === undefined ? name : `${namespace}/${name}`

const snapshotOf = (
  listed: ReadonlyArray<Listed>,
  calico: string | undefined,
  before: ReadonlyArray<UnreadPart>,
): WorldSnapshot => {
  const unread: Array<UnreadPart> = [...before]
  const kinds = new Set<string>()
  const resources: Array<unknown> = []
  const parts: { [K in (typeof lists)[string]]?: ReadonlyArray<unknown> } = {}
  const parsed = calico === undefined ? undefined : parseVersion(calico)
  const version = parsed === undefined || E.isLeft(parsed) ? assumedCalico : parsed.right
  const leave = (part: UnreadPart): void => {
    unread.push(part)
    kinds.add(part.kind)
  }
  for (const { type, objects } of listed) {
    const kind = kindName(type)
    const list = lists[kind]
    if (E.isLeft(objects)) leave({ kind, cause: objects.left })
    else if (list !== undefined) parts[list] = objects.right
    else
      for (const object of objects.right) {
        const value = readable(object, calico, version)
        if (E.isRight(value)) resources.push(value.right)
        else leave({ kind, name: nameIn(object), cause: value.left })
      }
  }
  return {
    world: { resources, ...parts, ...(kinds.size === 0 ? {} : { unread: [...kinds] }) },
    ...(calico === undefined ? {} : { calico }),
    unread,
    takenAt: new Date().toISOString(),
  }
}

/**
 * All that has a say on a cluster, as it is: namespaces, pods, service accounts, nodes, services and EndpointSlices;
 * Calico's resources in whichever form they are stored; Kubernetes' NetworkPolicies, and those policies of
 * policy.networking.k8s.io that the cluster's Calico heeds. Reads only, in pages, some kinds at once, and keeps of each
 * object what has a say. It is no snapshot in the strict sense: kinds are read one beside the other.
 *
 * What may not be read is left out, told in `unread`, and makes what hangs on it `unknown`.
 *
 * **Errors**: `WorldError`.
 *
 * @example
 * const cluster = memoryCluster({ namespaces: ['shop'] })
 * const { calico, unread } = orThrow(await worldFrom(cluster)())
 * calico // => '3.28.5'
 * unread // => []
 */
export const worldFrom = (
  cluster: Cluster,
  options: WorldOptions = {},
): TaskEither<WorldError, WorldSnapshot> =>
  task(async (unwrap, fail) => {
    const { timeoutMs = 120_000, signal: caller } = await unwrap(checkCallOptions(options))
    if (!isCluster(cluster))
      await unwrap(badOption('cluster', 'this is not a cluster', 'pass kubeCluster() or memoryCluster()'))
    const signal = deadline(timeoutMs, caller)
    const { calico, unread } = await calicoOf(cluster, signal, fail)
    const types = await unwrap(worldTypes(cluster, calico, { signal }))
    const listed = await unwrap(await listAll(cluster, types, signal))
    if (!listed.some(({ objects, isServed }) => isServed && E.isRight(objects))) {
      return fail({
        ...missingPermissions(types.flatMap((type) => accessTo(type, ['list']))),
        hint: 'ask an administrator to apply the ClusterRole in `yaml` and to bind it to these credentials',
      })
    }
    return snapshotOf(listed, calico.version, unread)
  })
