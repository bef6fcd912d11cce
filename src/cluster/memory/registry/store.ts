import type { KubeObject, ResourceType } from '../../port.js'
import { storageKey } from '../kinds/served-type.js'

/** What etcd is to a real API server: the objects by kind and name, with one revision for all. */
export interface Store {
  /** The latest revision. */
  readonly revision: () => string
  readonly get: (type: ResourceType, namespace: string | undefined, name: string) => KubeObject | undefined
  /** In the order of namespace and name. */
  readonly list: (type: ResourceType, namespace?: string) => ReadonlyArray<KubeObject>
  /** Stores the object under the next revision, in place of the one of that name. */
  readonly put: (type: ResourceType, object: KubeObject) => KubeObject
  readonly drop: (type: ResourceType, object: KubeObject) => void
  readonly byUid: (uid: string) => Stored | undefined
  /** Every object that names an owner or is being deleted: what garbage collection has to look at. */
  readonly bound: () => ReadonlyArray<Stored>
  /** Calls `listener` after every change. */
  readonly subscribe: (listener: () => void) => void
}

export interface Stored {
  readonly type: ResourceType
  readonly object: KubeObject
}

const keyOf = (namespace: string | undefined, name: string): string => `${namespace ?? ''}/${name}`

const isBound = ({ metadata }: KubeObject): boolean =>
  (metadata.ownerReferences?.length ?? 0) > 0 || metadata.deletionTimestamp !== undefined

interface Shelf {
  readonly objects: Map<string, KubeObject>
  sorted: ReadonlyArray<KubeObject> | undefined
}

export const createStore = (): Store => {
  let revision = 1
  const shelves = new Map<string, Shelf>()
  const byUid = new Map<string, Stored>()
  const bound = new Map<string, Stored>()
  const listeners: Array<() => void> = []

  const shelfOf = (type: ResourceType): Shelf => {
    const key = storageKey(type)
    const shelf = shelves.get(key) ?? { objects: new Map(), sorted: undefined }
    shelves.set(key, shelf)
    return shelf
  }
  const changed = (shelf: Shelf): void => {
    shelf.sorted = undefined
    for (const listener of listeners) listener()
  }
  const sorted = (shelf: Shelf): ReadonlyArray<KubeObject> => {
    shelf.sorted ??= [...shelf.objects.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => object)
    return shelf.sorted
  }

  return {
    revision: () => String(revision),
    get: (type, namespace, name) => shelfOf(type).objects.get(keyOf(namespace, name)),
    list: (type, namespace) => {
      const all = sorted(shelfOf(type))
      return namespace === undefined ? all : all.filter(({ metadata }) => metadata.namespace === namespace)
    },
    put: (type, object) => {
      revision += 1
      const shelf = shelfOf(type)
      const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } }
      const uid = object.metadata.uid ?? ''
      shelf.objects.set(keyOf(object.metadata.namespace, object.metadata.name), stored)
      byUid.set(uid, { type, object: stored })
      if (isBound(stored)) bound.set(uid, { type, object: stored })
      else bound.delete(uid)
      changed(shelf)
      return stored
    },
    drop: (type, { metadata }) => {
      revision += 1
      const shelf = shelfOf(type)
      shelf.objects.delete(keyOf(metadata.namespace, metadata.name))
      byUid.delete(metadata.uid ?? '')
      bound.delete(metadata.uid ?? '')
      changed(shelf)
    },
    byUid: (uid) => byUid.get(uid),
    bound: () => [...bound.values()],
    subscribe: (listener) => {
      listeners.push(listener)
    },
  }
}
