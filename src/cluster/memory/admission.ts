import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject, ResourceType } from '../port.js'
import type { Extension } from './extension.js'
import { levelOf, violations } from './pod-security.js'
import { PodSpec } from './pod-spec.js'
import { checkQuota } from './quota.js'
import { type ServedType, storageKey, types } from './served-type.js'
import { forbidden, notFound, type Refusal } from './status.js'
import type { Store } from './store.js'
import { record } from './strategy.js'
import type { Admit } from './writes.js'

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

/** The admission plugins that a Runner meets: namespace lifecycle, service account, Pod Security, quota, webhooks. */
export const createAdmission =
  (store: Store, webhook: Webhook | undefined, { fill }: Extension): Admit =>
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
