import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject, ResourceType } from '../../port.js'
import { record } from '../kinds/json.js'
import { PodSpec } from '../kinds/pod-spec.js'
import { forbidden, notFound, type Refusal } from '../kinds/refusal.js'
import { type ServedType, storageKey, types } from '../kinds/served-type.js'
import type { Store } from '../registry/store.js'
import type { Admit } from '../registry/writes.js'
import { levelOf, violations } from './pod-security.js'

/** The names under which a quota counts objects of the kind: `pods`, `count/jobs.batch`. */
const countedAs = ({ group, resource }: ServedType): ReadonlyArray<string> => [
  `count/${group === '' ? resource : `${resource}.${group}`}`,
  ...(group === '' ? [resource] : []),
]

/** A pod that has ended takes no room under `pods`; under `count/pods` it counts until it is gone. */
const takesRoom = (name: string, { status }: KubeObject): boolean =>
  name !== 'pods' || !['Succeeded', 'Failed'].includes(String(record(status).phase))

/** Whether one more object of the kind fits into every quota of its namespace. Counts objects; not cpu or memory. */
const checkQuota = (store: Store, type: ServedType, { metadata }: KubeObject): Refusal | undefined => {
  if (!type.namespaced) return undefined
  for (const quota of store.list(types.resourcequotas, metadata.namespace)) {
    const hard = record(record(quota.spec).hard)
    for (const name of countedAs(type)) {
      if (hard[name] === undefined) continue
      const used = store.list(type, metadata.namespace).filter((one) => takesRoom(name, one)).length
      if (used < Number(hard[name])) continue
      const why = `exceeded quota: ${quota.metadata.name}, requested: ${name}=1, used: ${name}=${used}, limited: ${name}=${hard[name]}`
      return forbidden(type, metadata.name || (metadata.generateName ?? ''), why)
    }
  }
  return undefined
}

/** A validating webhook of your own: why the object may not come in, or undefined. */
export type Webhook = (
  type: ResourceType,
  object: KubeObject,
  old: KubeObject | undefined,
) => string | undefined

const is = (type: ResourceType, other: ResourceType): boolean => storageKey(type) === storageKey(other)

/** What a refusal calls an object whose name is not made up yet. */
const nameOf = ({ metadata: { name, generateName = '' } }: KubeObject): string => name || generateName

const checkNamespace = (store: Store, type: ServedType, object: KubeObject): Refusal | undefined => {
  const { namespace } = object.metadata
  if (!type.namespaced || namespace === undefined) return undefined
  const found = store.get(types.namespaces, undefined, namespace)
  if (found === undefined) return notFound(types.namespaces, namespace)
  if (found.metadata.deletionTimestamp === undefined) return undefined
  return forbidden(
    type,
    nameOf(object),
    `unable to create new content in namespace ${namespace} because it is being terminated`,
    [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  )
}

const checkPod = (store: Store, pod: KubeObject): Refusal | undefined => {
  const { namespace } = pod.metadata
  const account = String(record(pod.spec).serviceAccountName ?? 'default')
  if (store.get(types.serviceaccounts, namespace, account) === undefined) {
    const missing = `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`
    return forbidden(types.pods, nameOf(pod), missing)
  }
  const level = levelOf(store.get(types.namespaces, undefined, namespace ?? '')?.metadata.labels)
  const spec = PodSpec.decode(pod.spec)
  const broken = E.isRight(spec) ? violations(level, spec.right) : []
  return broken.length === 0
    ? undefined
    : forbidden(types.pods, nameOf(pod), `violates PodSecurity "${level}:latest": ${broken.join(', ')}`)
}

/** A mutating webhook: the object with what it leaves out. */
export type Fill = (type: ResourceType, object: KubeObject) => KubeObject

interface Webhooks {
  readonly fill: Fill | undefined
  readonly webhook: Webhook | undefined
}

/** The admission plugins that a Runner meets: namespace lifecycle, service account, Pod Security, quota, webhooks. */
export const createAdmission =
  (store: Store, { fill, webhook }: Webhooks): Admit =>
  (type, given, old) => {
    const object = fill?.(type, given) ?? given
    const creating = old === undefined
    const refusal =
      (creating ? checkNamespace(store, type, object) : undefined) ??
      (creating && is(type, types.pods) ? checkPod(store, object) : undefined) ??
      (creating ? checkQuota(store, type, object) : undefined)
    if (refusal !== undefined) return E.left(refusal)
    const denial = webhook?.(type, object, old)
    if (denial === undefined) return E.right(object)
    const message = `admission webhook "memory.example" denied the request: ${denial}`
    return E.left({ code: 403, reason: 'Forbidden', message })
  }
