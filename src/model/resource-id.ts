import { isPlain } from './codec/json.js'
import { kindFacts } from './kind.js'
import type { Resource } from './resource.js'

/** Which object it is, of all that a cluster has. */
export interface ResourceId {
  readonly kind: string
  /** Absent for what is in no namespace. */
  readonly namespace?: string | undefined
  readonly name: string
}

/** As calicoctl writes it: `NetworkPolicy(shop/api)`, `Tier(guardrails)`. */
export const printId = ({ kind, namespace, name }: ResourceId): string =>
  namespace === undefined ? `${kind}(${name})` : `${kind}(${namespace}/${name})`

interface Named {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
}

/** What an object itself says that it is. */
export const objectId = ({ kind, metadata: { name, namespace } }: Named): ResourceId => ({
  kind,
  namespace,
  name,
})

/** The namespace of a resource that is in one: calicoctl puts it into `default` where none is given. */
export const namespaceOf = ({ kind, metadata }: Resource): string | undefined =>
  kindFacts[kind].namespaced ? (metadata.namespace ?? 'default') : undefined

/** Where calicoctl puts a resource. */
export const resourceId = (resource: Resource): ResourceId => ({
  kind: resource.kind,
  namespace: namespaceOf(resource),
  name: resource.metadata.name,
})

/** What issues call a resource: with its namespace, if that is given. */
export const printResource = (resource: Resource): string => printId(objectId(resource))

/** The name of a resource among all: equal for two that are one object to calicoctl. */
export const nameOf = (resource: Resource): string => printId(resourceId(resource))

/** What to call a document that may be no resource; nothing where it has no kind or no name. */
export const printUnread = (value: unknown): string | undefined => {
  if (!isPlain(value) || !isPlain(value.metadata) || typeof value.kind !== 'string') return undefined
  const { name, namespace } = value.metadata
  if (typeof name !== 'string') return undefined
  return printId({ kind: value.kind, namespace: typeof namespace === 'string' ? namespace : undefined, name })
}
