import type { KubeObject, OwnerReference } from '../../port.js'
import { apiVersionOf } from '../../resource-types.js'
import type { ServedType } from '../kinds/served-type.js'
import { storageKey } from '../kinds/served-type.js'
import { foreground, orphan } from '../registry/deletes.js'
import type { Registry } from '../registry/registry.js'
import type { Stored } from '../registry/store.js'
import type { Controller } from './loop.js'

interface Dependent extends Stored {
  readonly type: ServedType
}

const servedType = (registry: Registry, stored: Stored): ReadonlyArray<Dependent> => {
  const type = registry.served().find((one) => storageKey(one) === storageKey(stored.type))
  return type === undefined ? [] : [{ ...stored, type }]
}

/** Whether the owner is gone for sure. One that cannot be resolved is not: cluster-scoped dependents never look into namespaces. */
const isAbsent = (registry: Registry, { type, object }: Dependent, owner: OwnerReference): boolean => {
  const kind = registry
    .served()
    .find((one) => apiVersionOf(one) === owner.apiVersion && one.kind === owner.kind)
  if (kind === undefined || (kind.namespaced && !type.namespaced)) return false
  const namespace = kind.namespaced ? object.metadata.namespace : undefined
  return registry.store.get(kind, namespace, owner.name)?.metadata.uid !== owner.uid
}

const owns = (owner: KubeObject, { object }: Dependent): boolean =>
  object.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) === true

const release = (registry: Registry, { type, object }: Dependent, finalizer: string): void => {
  const finalizers = (object.metadata.finalizers ?? []).filter((one) => one !== finalizer)
  registry.update(type, { ...object, metadata: { ...object.metadata, finalizers } })
}

const disown = (
  registry: Registry,
  { type, object }: Dependent,
  gone: (owner: OwnerReference) => boolean,
): void => {
  const ownerReferences = (object.metadata.ownerReferences ?? []).filter((owner) => !gone(owner))
  registry.update(type, { ...object, metadata: { ...object.metadata, ownerReferences } })
}

const collect = (registry: Registry, dependent: Dependent): void => {
  const { type, object } = dependent
  const { name, namespace, uid = '', ownerReferences = [], deletionTimestamp } = object.metadata
  if (ownerReferences.length === 0 || deletionTimestamp !== undefined) return
  const absent = ownerReferences.filter((owner) => isAbsent(registry, dependent, owner))
  if (absent.length === ownerReferences.length) {
    registry.remove(type, namespace, name, { propagationPolicy: 'Background', preconditions: { uid } })
  } else if (absent.length > 0) {
    disown(registry, dependent, (owner) => absent.includes(owner))
  }
}

const finish = (registry: Registry, owner: Dependent, all: ReadonlyArray<Dependent>): void => {
  const { finalizers = [], deletionTimestamp, uid } = owner.object.metadata
  if (deletionTimestamp === undefined) return
  const dependents = all.filter((one) => owns(owner.object, one))
  if (finalizers.includes(orphan)) {
    for (const dependent of dependents) disown(registry, dependent, (reference) => reference.uid === uid)
    release(registry, owner, orphan)
  } else if (finalizers.includes(foreground)) {
    for (const { type, object } of dependents) {
      if (object.metadata.deletionTimestamp !== undefined) continue
      registry.remove(type, object.metadata.namespace, object.metadata.name, {
        propagationPolicy: 'Background',
      })
    }
    const blocking = dependents.some(({ type, object }) => {
      const { namespace, name, ownerReferences = [] } = object.metadata
      const blocks = ownerReferences.some((one) => one.uid === uid && one.blockOwnerDeletion === true)
      return blocks && registry.store.get(type, namespace, name) !== undefined
    })
    if (!blocking) release(registry, owner, foreground)
  }
}

/** Deletes what has lost its owners, and carries out foreground and orphaning deletions. */
export const collectGarbage: Controller = (registry) => {
  const bound = registry.store.bound().flatMap((stored) => servedType(registry, stored))
  for (const one of bound) collect(registry, one)
  for (const one of bound) finish(registry, one, bound)
  return undefined
}
