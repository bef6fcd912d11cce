import { apiVersionOf } from '../../object.js'
import type { KubeObject, OwnerReference } from '../../port.js'
import type { ServedType } from '../kinds/served-type.js'
import { storageKey } from '../kinds/served-type.js'
import { foreground, orphan } from '../registry/deletes.js'
import type { Stored } from '../registry/store.js'
import type { Api } from '../registry.js'
import type { Controller } from './loop.js'

interface Dependent extends Stored {
  readonly type: ServedType
}

const servedType = (api: Api, stored: Stored): ReadonlyArray<Dependent> => {
  const type = api.served().find((one) => storageKey(one) === storageKey(stored.type))
  return type === undefined ? [] : [{ ...stored, type }]
}

/** Whether the owner is gone for sure. One that cannot be resolved is not: cluster-scoped dependents never look into namespaces. */
const isAbsent = (api: Api, { type, object }: Dependent, owner: OwnerReference): boolean => {
  const kind = api.served().find((one) => apiVersionOf(one) === owner.apiVersion && one.kind === owner.kind)
  if (kind === undefined || (kind.namespaced && !type.namespaced)) return false
  const namespace = kind.namespaced ? object.metadata.namespace : undefined
  return api.store.get(kind, namespace, owner.name)?.metadata.uid !== owner.uid
}

const owns = (owner: KubeObject, { object }: Dependent): boolean =>
  object.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) === true

const release = (api: Api, { type, object }: Dependent, finalizer: string): void => {
  const finalizers = (object.metadata.finalizers ?? []).filter((one) => one !== finalizer)
  api.update(type, { ...object, metadata: { ...object.metadata, finalizers } })
}

const disown = (api: Api, { type, object }: Dependent, gone: (owner: OwnerReference) => boolean): void => {
  const ownerReferences = (object.metadata.ownerReferences ?? []).filter((owner) => !gone(owner))
  api.update(type, { ...object, metadata: { ...object.metadata, ownerReferences } })
}

const collect = (api: Api, dependent: Dependent): void => {
  const { type, object } = dependent
  const { name, namespace, uid = '', ownerReferences = [], deletionTimestamp } = object.metadata
  if (ownerReferences.length === 0 || deletionTimestamp !== undefined) return
  const absent = ownerReferences.filter((owner) => isAbsent(api, dependent, owner))
  if (absent.length === ownerReferences.length) {
    api.remove(type, namespace, name, { propagationPolicy: 'Background', preconditions: { uid } })
  } else if (absent.length > 0) {
    disown(api, dependent, (owner) => absent.includes(owner))
  }
}

const finish = (api: Api, owner: Dependent, all: ReadonlyArray<Dependent>): void => {
  const { finalizers = [], deletionTimestamp, uid } = owner.object.metadata
  if (deletionTimestamp === undefined) return
  const dependents = all.filter((one) => owns(owner.object, one))
  if (finalizers.includes(orphan)) {
    for (const dependent of dependents) disown(api, dependent, (reference) => reference.uid === uid)
    release(api, owner, orphan)
  } else if (finalizers.includes(foreground)) {
    for (const { type, object } of dependents) {
      if (object.metadata.deletionTimestamp !== undefined) continue
      api.remove(type, object.metadata.namespace, object.metadata.name, { propagationPolicy: 'Background' })
    }
    const blocking = dependents.some(({ type, object }) => {
      const { namespace, name, ownerReferences = [] } = object.metadata
      const blocks = ownerReferences.some((one) => one.uid === uid && one.blockOwnerDeletion === true)
      return blocks && api.store.get(type, namespace, name) !== undefined
    })
    if (!blocking) release(api, owner, foreground)
  }
}

/** Deletes what has lost its owners, and carries out foreground and orphaning deletions. */
export const collectGarbage: Controller = (api) => {
  const bound = api.store.bound().flatMap((stored) => servedType(api, stored))
  for (const one of bound) collect(api, one)
  for (const one of bound) finish(api, one, bound)
  return undefined
}
