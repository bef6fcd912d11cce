import { randomInt, randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject, ObjectMeta } from '../../port.js'
import { type Clock, timestamp } from '../kinds/clock.js'
import { same } from '../kinds/json.js'
import {
  alreadyExists,
  badRequest,
  conflict,
  invalid,
  notFound,
  type Refusal,
  stale,
} from '../kinds/refusal.js'
import type { ServedType } from '../kinds/served-type.js'
import { manage } from './managed-fields.js'
import { checkMetadata } from './metadata.js'
import { clientMeta, replacement } from './replacement.js'
import type { Store } from './store.js'
import { strategyOf } from './strategies.js'

const alphabet = 'bcdfghjklmnpqrstvwxz2456789'

/** Five characters, as Kubernetes puts them behind the names that it makes up. */
const suffix = (): string => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')

export interface WriteOptions {
  readonly dryRun?: boolean
  /** Who the fields will belong to; without one, the object's `managedFields` tell already. */
  readonly manager?: string
  /** The `…/status` subresource: only the status is taken. */
  readonly status?: boolean
}

type Written = E.Either<Refusal, KubeObject>
/** Says why an object may not come in. */
export type Admit = (type: ServedType, object: KubeObject, old: KubeObject | undefined) => Written

/** Creating and updating, by the rules of Kubernetes' own registry. */
export interface Writes {
  readonly create: (type: ServedType, object: KubeObject, options?: WriteOptions) => Written
  readonly update: (type: ServedType, object: KubeObject, options?: WriteOptions) => Written
}

/** The object under its own name, or under one that is made up. */
const named = (object: KubeObject): KubeObject => {
  const { name, generateName } = object.metadata
  if (name !== '' || generateName === undefined) return object
  return { ...object, metadata: { ...object.metadata, name: `${generateName}${suffix()}` } }
}

const checked = (type: ServedType, object: KubeObject, old: KubeObject | undefined): Written => {
  const { name, validate } = strategyOf(type)
  const errors = [...checkMetadata(object.metadata, name), ...(validate?.(object, old) ?? [])]
  return errors.length === 0 ? E.right(object) : E.left(invalid(type, object.metadata.name, errors))
}

/** Where etcd would keep the object. */
const storageKeyOf = ({ group, resource }: ServedType, { namespace, name }: ObjectMeta): string =>
  [
    '/registry',
    ...(group.includes('.') ? [group] : []),
    resource,
    ...(namespace === undefined ? [] : [namespace]),
    name,
  ].join('/')

/** Why a PUT does not meet the object that it is meant for. */
const mismatch = (type: ServedType, { metadata }: KubeObject, old: ObjectMeta): Refusal | undefined => {
  const { name, uid, resourceVersion = '' } = metadata
  if (uid !== undefined && uid !== old.uid) {
    return conflict(
      type,
      name,
      `StorageError: invalid object, Code: 4, Key: ${storageKeyOf(type, metadata)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.uid}`,
    )
  }
  if (resourceVersion === '' && type.casOnly) {
    const detail = '0x0: must be specified for an update'
    return invalid(type, name, [{ field: 'metadata.resourceVersion', reason: 'Invalid value', detail }])
  }
  return resourceVersion === '' || resourceVersion === old.resourceVersion ? undefined : stale(type, name)
}

/** Whether the last finalizer of a deleted object is taken away. Namespaces are let go by their own controller. */
const isReleased = (type: ServedType, { metadata: old }: KubeObject, { metadata }: KubeObject): boolean =>
  type.kind !== 'Namespace' &&
  metadata.deletionTimestamp !== undefined &&
  (old.finalizers ?? []).length > 0 &&
  (metadata.finalizers ?? []).length === 0

export const createWrites = (store: Store, clock: Clock, admit: Admit): Writes => {
  const admitted = (type: ServedType, next: KubeObject, old: KubeObject | undefined): Written => {
    const welcome = admit(type, next, old)
    return E.isLeft(welcome) ? welcome : checked(type, named(welcome.right), old)
  }
  const marked = (
    old: KubeObject | undefined,
    next: KubeObject,
    { managedFields }: ObjectMeta,
    manager?: string,
  ) =>
    manager === undefined
      ? { ...next, metadata: { ...next.metadata, ...(managedFields === undefined ? {} : { managedFields }) } }
      : manage(old, next, manager, clock.now())

  const create: Writes['create'] = (type, object, { dryRun = false, manager } = {}) => {
    const { status, metadata, ...rest } = object
    if ((metadata.resourceVersion ?? '') !== '') {
      return E.left({
        ...badRequest('resourceVersion should not be set on objects to be created'),
        code: 500,
      })
    }
    const fresh: KubeObject = {
      ...rest,
      ...(type.status || status === undefined ? {} : { status }),
      metadata: {
        ...clientMeta(metadata),
        uid: randomUUID(),
        creationTimestamp: timestamp(clock.now()),
        ...(type.generation ? { generation: 1 } : {}),
      },
    }
    const valid = admitted(type, strategyOf(type).defaults?.(fresh) ?? fresh, undefined)
    if (E.isLeft(valid)) return valid
    const { name, namespace } = valid.right.metadata
    if (store.get(type, namespace, name) !== undefined) return E.left(alreadyExists(type, name))
    const next = marked(undefined, valid.right, metadata, manager)
    return E.right(dryRun ? next : store.put(type, next))
  }

  const update: Writes['update'] = (type, object, { dryRun = false, manager, status = false } = {}) => {
    const { name, namespace } = object.metadata
    const old = store.get(type, namespace, name)
    if (old === undefined) return E.left(notFound(type, name))
    const wrong = mismatch(type, object, old.metadata)
    if (wrong !== undefined) return E.left(wrong)
    const valid = status
      ? E.right({ ...old, status: object.status })
      : admitted(type, replacement(type, old, object), old)
    if (E.isLeft(valid)) return valid
    if (manager !== undefined && same(valid.right, old)) return E.right(old)
    const next = marked(old, valid.right, object.metadata, manager)
    if (same(next, old)) return E.right(old)
    if (dryRun) return E.right(next)
    if (isReleased(type, old, next)) {
      store.drop(type, next)
      return E.right(next)
    }
    return E.right(store.put(type, next))
  }

  return { create, update }
}
