import {
  boolean,
  type Codec,
  integer,
  json,
  list,
  literal,
  map,
  nonEmpty,
  object,
  optional,
  string,
} from '../codec/codec.js'
import { Time } from './scalars.js'

/** Labels and annotations: string to string. */
export type StringMap = Readonly<Record<string, string>>
export const StringMap: Codec<StringMap> = map(string)

/**
 * What every resource has about itself. The fields after `annotations` are the server's: they are read, and
 * calicoctl drops all but `resourceVersion` on a write.
 *
 * **Source**: k8s.io/apimachinery `meta/v1.ObjectMeta`.
 */
export interface Metadata {
  /** Lower-case letters, digits, `-` and, for most kinds, `.`; at most 253 characters. */
  readonly name: string
  readonly labels?: StringMap
  readonly annotations?: StringMap
  readonly generateName?: string
  readonly selfLink?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly generation?: number
  readonly creationTimestamp?: Time
  readonly deletionTimestamp?: Time
  readonly deletionGracePeriodSeconds?: number
  readonly ownerReferences?: ReadonlyArray<OwnerReference>
  readonly finalizers?: ReadonlyArray<string>
  readonly managedFields?: ReadonlyArray<ManagedFields>
}

/** Metadata of a cluster-scoped resource: calicoctl refuses a namespace. */
export interface GlobalMetadata extends Metadata {
  readonly namespace?: never
}

/** Metadata of a namespaced resource. calicoctl puts it into `default` when the namespace is left out. */
export interface NamespacedMetadata extends Metadata {
  readonly namespace?: string
}

/** **Source**: k8s.io/apimachinery `meta/v1.OwnerReference`. */
export interface OwnerReference {
  readonly apiVersion?: string
  readonly kind?: string
  readonly name?: string
  readonly uid?: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

/** Who set which fields, as the API server keeps it. **Source**: k8s.io/apimachinery `meta/v1.ManagedFieldsEntry`. */
export interface ManagedFields {
  readonly manager?: string
  readonly operation?: string
  readonly apiVersion?: string
  readonly time?: Time
  readonly fieldsType?: string
  readonly fieldsV1?: unknown
  readonly subresource?: string
}

const OwnerReference: Codec<OwnerReference> = object<OwnerReference>('OwnerReference', {
  apiVersion: optional(string),
  kind: optional(string),
  name: optional(string),
  uid: optional(string),
  controller: optional(boolean),
  blockOwnerDeletion: optional(boolean),
})

const ManagedFields: Codec<ManagedFields> = object<ManagedFields>('ManagedFieldsEntry', {
  manager: optional(string),
  operation: optional(string),
  apiVersion: optional(string),
  time: optional(Time),
  fieldsType: optional(string),
  fieldsV1: optional(json),
  subresource: optional(string),
})

const common = {
  labels: optional(StringMap),
  annotations: optional(StringMap),
  generateName: optional(string),
  selfLink: optional(string),
  uid: optional(string),
  resourceVersion: optional(string),
  generation: optional(integer),
  creationTimestamp: optional(Time),
  deletionTimestamp: optional(Time),
  deletionGracePeriodSeconds: optional(integer),
  ownerReferences: optional(list(OwnerReference)),
  finalizers: optional(list(string)),
  managedFields: optional(list(ManagedFields)),
}

export const GlobalMetadata: Codec<GlobalMetadata> = object<GlobalMetadata>('GlobalMetadata', {
  name: string,
  namespace: optional(literal()),
  ...common,
})

export const NamespacedMetadata: Codec<NamespacedMetadata> = object<NamespacedMetadata>(
  'NamespacedMetadata',
  {
    name: string,
    namespace: optional(nonEmpty),
    ...common,
  },
)
