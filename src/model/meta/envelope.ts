import { type Codec, type Fields, literal, object, orEmpty } from '../codec/codec.js'
import { GlobalMetadata, NamespacedMetadata } from './metadata.js'

/** Calico's API version, of every kind. */
export const apiVersion = 'projectcalico.org/v3'

/** Of the custom resources in which Calico keeps its own, where it has no API of its own in the API server. */
export const storageVersion = 'crd.projectcalico.org/v1'

/** A cluster-scoped resource. */
export interface GlobalResource<K extends string, Spec> {
  readonly apiVersion: typeof apiVersion
  readonly kind: K
  readonly metadata: GlobalMetadata
  readonly spec: Spec
}

/** A resource in a namespace. */
export interface NamespacedResource<K extends string, Spec> {
  readonly apiVersion: typeof apiVersion
  readonly kind: K
  readonly metadata: NamespacedMetadata
  readonly spec: Spec
}

/** The first three fields of a cluster-scoped resource's codec. */
export const globalHead = <K extends string>(kind: K) => ({
  apiVersion: literal(apiVersion),
  kind: literal(kind),
  metadata: GlobalMetadata,
})

export const global = <K extends string, Spec>(
  kind: K,
  spec: Codec<Spec>,
): Codec<GlobalResource<K, Spec>> => {
  const fields: Fields<GlobalResource<K, Spec>> = { ...globalHead(kind), spec: orEmpty(spec) }
  return object<GlobalResource<K, Spec>>(kind, fields)
}

export const namespaced = <K extends string, Spec>(
  kind: K,
  spec: Codec<Spec>,
): Codec<NamespacedResource<K, Spec>> => {
  const fields: Fields<NamespacedResource<K, Spec>> = {
    apiVersion: literal(apiVersion),
    kind: literal(kind),
    metadata: NamespacedMetadata,
    spec: orEmpty(spec),
  }
  return object<NamespacedResource<K, Spec>>(kind, fields)
}
