import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject } from '../../port.js'
import { type Clock, timestamp } from '../kinds/clock.js'
import { array, record } from '../kinds/json.js'
import { conflict, notFound, type Refusal } from '../kinds/refusal.js'
import { type ServedType, storageKey, types } from '../kinds/served-type.js'
import type { Store } from './store.js'

export const DeleteOptions = t.partial({
  propagationPolicy: t.string,
  gracePeriodSeconds: t.number,
  preconditions: t.partial({ uid: t.string, resourceVersion: t.string }),
  dryRun: t.array(t.string),
})
export type DeleteOptions = t.TypeOf<typeof DeleteOptions>

export type Remove = (
  type: ServedType,
  namespace: string | undefined,
  name: string,
  options?: DeleteOptions,
) => E.Either<Refusal, KubeObject>

/** Held by an object while its dependents are deleted first. */
export const foreground = 'foregroundDeletion'
export const orphan = 'orphan'

const unmet = (object: KubeObject, preconditions: DeleteOptions['preconditions']): string | undefined => {
  const { uid, resourceVersion } = object.metadata
  if (preconditions?.uid !== undefined && preconditions.uid !== uid) {
    return `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`
  }
  if (preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion) {
    return `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`
  }
  return undefined
}

const finalizerOf: Readonly<Record<string, ReadonlyArray<string>>> = {
  Foreground: [foreground],
  Orphan: [orphan],
}

/** Jobs orphan their pods unless the caller says otherwise: Kubernetes keeps that for old callers. */
const defaultPolicy = (type: ServedType): string =>
  storageKey(type) === storageKey(types.jobs) ? 'Orphan' : 'Background'

const isPod = (type: ServedType): boolean => storageKey(type) === storageKey(types.pods)
const isNamespace = (type: ServedType): boolean => storageKey(type) === storageKey(types.namespaces)

/** Pods that a kubelet still runs are given time; all else goes at once. */
const isGraceful = (type: ServedType, pod: KubeObject): boolean =>
  isPod(type) &&
  record(pod.spec).nodeName !== undefined &&
  !['Succeeded', 'Failed'].includes(String(record(pod.status).phase))

/** Deleting, by the rules of Kubernetes' own registry: what finalizers hold is only marked. */
export const createRemove =
  (store: Store, clock: Clock): Remove =>
  (type, namespace, name, options = {}) => {
    const object = store.get(type, namespace, name)
    if (object === undefined) return E.left(notFound(type, name))
    const why = unmet(object, options.preconditions)
    if (why !== undefined) {
      // There it is the kind that the API server names.
      return E.left(conflict({ ...type, resource: type.kind }, name, why))
    }
    if (isNamespace(type) && object.metadata.deletionTimestamp !== undefined) return E.right(object)
    if (options.dryRun?.includes('All') === true) return E.right(object)

    const added = finalizerOf[options.propagationPolicy ?? defaultPolicy(type)] ?? []
    const finalizers = [...new Set([...(object.metadata.finalizers ?? []), ...added])]
    const held =
      finalizers.length > 0 || (isNamespace(type) && array(record(object.spec).finalizers).length > 0)
    if (!held && (options.gracePeriodSeconds === 0 || !isGraceful(type, object))) {
      store.drop(type, object)
      return E.right(object)
    }
    return E.right(
      store.put(type, {
        ...object,
        ...(isNamespace(type) ? { status: { ...record(object.status), phase: 'Terminating' } } : {}),
        metadata: {
          ...object.metadata,
          deletionTimestamp: object.metadata.deletionTimestamp ?? timestamp(clock.now()),
          ...(finalizers.length === 0 ? {} : { finalizers }),
        },
      }),
    )
  }
