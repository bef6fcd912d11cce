import { minorOf } from '../calico-version.js'
import { isTiered } from '../kind.js'
import { storageVersion } from '../meta/envelope.js'
import type { StringMap } from '../meta/metadata.js'
import { tierMarks } from './complete.js'
import { metadataAnnotation, toStorageName } from './storage.js'

/** A custom resource in which Calico keeps a resource: what `kubectl get …crd.projectcalico.org` shows. */
export interface StoredObject {
  readonly apiVersion: typeof storageVersion
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: StringMap
    readonly annotations: StringMap
  }
  readonly spec: unknown
}

/** A resource, or as much of one as can be stored. */
interface Storable {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: StringMap
    readonly annotations?: StringMap
  }
  readonly spec?: unknown
}

/** Calico's own labels and annotations are there for Kubernetes to see, and not only in the annotation. */
const isOurs = (key: string): boolean =>
  key.includes('projectcalico.org/') || key.includes('operator.tigera.io/')

const ours = (entries: StringMap): StringMap =>
  Object.fromEntries(Object.entries(entries).filter(([key]) => isOurs(key)))

const sorted = (entries: StringMap): StringMap =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)))

const isEmpty = (entries: StringMap): boolean => Object.keys(entries).length === 0

/** Up to 3.31 a map without entries is left out. */
const kept = (field: string, entries: StringMap, minor: number): Readonly<Record<string, StringMap>> =>
  isEmpty(entries) && minor < 32 ? {} : { [field]: sorted(entries) }

/** The name that was given is kept beside the stored one since 3.29.4 and 3.30.1. */
const keepsName = (kind: string, calico: string): boolean => isTiered(kind) && minorOf(calico) >= 29

/** JSON as Go writes it: what HTML or JavaScript could misread is escaped. */
const goJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/**
 * The custom resource that calicoctl of a release writes for a resource whose spec is completed: named, in its tier, and
 * with all of its metadata in an annotation, for Kubernetes keeps only Calico's own labels and annotations on it.
 *
 * **Source**: `libcalico-go/lib/backend/k8s/resources/resources.go`, ConvertCalicoResourceToK8sResource.
 */
export const storedObject = ({ kind, metadata, spec }: Storable, calico: string): StoredObject => {
  const { name, namespace, labels: given = {}, annotations = {}, ...others } = metadata
  const minor = minorOf(calico)
  const tier = tierMarks(kind, spec, calico)
  const labels = { ...given, ...tier.labels }
  const hidden = {
    ...(keepsName(kind, calico) ? { name } : {}),
    ...others,
    ...kept('labels', labels, minor),
    ...kept('annotations', annotations, minor),
  }
  const own = ours(labels)
  return {
    apiVersion: storageVersion,
    kind,
    metadata: {
      name: toStorageName({ kind, name }, calico),
      ...(namespace === undefined ? {} : { namespace }),
      ...(isEmpty(own) ? {} : { labels: own }),
      annotations: { [metadataAnnotation]: goJson(hidden), ...ours(annotations) },
    },
    spec: { ...Object(spec), ...tier.spec },
  }
}
