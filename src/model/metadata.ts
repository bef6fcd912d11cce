import { boolean, type Codec, integer, json, list, map, object, optional, string } from './codec.js'

/** Labels and annotations: string to string. */
export type StringMap = Readonly<Record<string, string>>
export const StringMap: Codec<StringMap> = map(string)

/**
 * Metadata of a cluster-scoped resource. The fields after `annotations` are the server's: they are read, and
 * calicoctl drops all but `resourceVersion` on a write.
 *
 * **Source**: k8s.io/apimachinery `meta/v1.ObjectMeta`.
 */
export interface GlobalMetadata {
  /** Lower-case letters, digits, `-` and, for most kinds, `.`; at most 253 characters. */
  readonly name: string
  readonly labels?: StringMap
  readonly annotations?: StringMap
  readonly generateName?: string
  readonly selfLink?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly generation?: number
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly deletionGracePeriodSeconds?: number
  readonly ownerReferences?: ReadonlyArray<OwnerReference>
  readonly finalizers?: ReadonlyArray<string>
  readonly managedFields?: ReadonlyArray<unknown>
}

/** Metadata of a namespaced resource. calicoctl puts it into `default` when the namespace is left out. */
export interface NamespacedMetadata extends GlobalMetadata {
  readonly namespace?: string
}

/** **Source**: k8s.io/apimachinery `meta/v1.OwnerReference`. */
export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

const OwnerReference: Codec<OwnerReference> = object<OwnerReference>('OwnerReference', {
  apiVersion: string,
  kind: string,
  name: string,
  uid: string,
  controller: optional(boolean),
  blockOwnerDeletion: optional(boolean),
})

const common = {
  labels: optional(StringMap),
  annotations: optional(StringMap),
  generateName: optional(string),
  selfLink: optional(string),
  uid: optional(string),
  resourceVersion: optional(string),
  generation: optional(integer),
  creationTimestamp: optional(string),
  deletionTimestamp: optional(string),
  deletionGracePeriodSeconds: optional(integer),
  ownerReferences: optional(list(OwnerReference)),
  finalizers: optional(list(string)),
  managedFields: optional(list(json)),
}

export const GlobalMetadata: Codec<GlobalMetadata> = object<GlobalMetadata>('GlobalMetadata', {
  name: string,
  ...common,
})

export const NamespacedMetadata: Codec<NamespacedMetadata> = object<NamespacedMetadata>(
  'NamespacedMetadata',
  {
    name: string,
    namespace: optional(string),
    ...common,
  },
)
