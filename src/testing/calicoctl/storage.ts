import type { KubeObject, ObjectMeta } from '../../cluster/port.js'
import { parseJson } from '../../cluster/reply.js'
import { minorOf } from '../../model/calico-version.js'
import { isTiered } from '../../model/kind.js'
import { toStorageName } from '../../model/storage.js'
import { tierOf } from '../calico/tier.js'
import { calicoApiVersion } from './kind.js'

const metadataAnnotation = 'projectcalico.org/metadata'

const isOurs = (key: string): boolean =>
  key.includes('projectcalico.org/') || key.includes('operator.tigera.io/')

const ours = (entries: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(entries).filter(([key]) => isOurs(key)))

const sorted = (entries: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Up to 3.31 they are left out where there are none. */
const sortedOrNone = (field: string, entries: ObjectMeta['labels'], release: string) =>
  entries === undefined && minorOf(release) < 32 ? {} : { [field]: sorted(entries ?? {}) }

const unprefixed = /^(knp|ossg)\./

/** Since 3.29 the name that was given is kept beside the stored one. **Source**: as for `toStored`. */
const shownName = (object: KubeObject, kept: string | undefined, release: string): string => {
  const stored = object.metadata.name

  if (minorOf(release) >= 29)
    return kept ?? (tierOf(object) === 'default' ? stored.replace(/^default\./, '') : stored)
  return unprefixed.test(stored) ? stored : stored.slice(stored.indexOf('.') + 1)
}

const reverseBits = (byte: string): string => {
  const bits = Number.parseInt(byte, 16).toString(2).padStart(8, '0')
  return Number.parseInt([...bits].reverse().join(''), 2)
    .toString(16)
    .padStart(2, '0')
}

/** The UID that Calico shows for a custom resource, and back. **Source**: `libcalico-go/lib/backend/k8s/conversion`. */
const convertUid = (uid: string): string => {
  const bytes = uid.replaceAll('-', '').match(/../g) ?? []
  // The seventh and ninth byte hold the UUID's version and variant.
  const converted = bytes.map((byte, at) => (at === 6 || at === 8 ? byte : reverseBits(byte)))
  return converted.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/**
 * The resource as the custom resource that calicoctl writes: what Kubernetes does not keep of its metadata goes
 * into an annotation. **Source**: `libcalico-go/lib/backend/k8s/resources/resources.go`.
 */
export const toStored = (object: KubeObject, apiVersion: string, release: string): KubeObject => {
  const { name, namespace, resourceVersion, uid, labels, annotations, ...rest } = object.metadata
  const kept = {
    ...(isTiered(object.kind) && minorOf(release) >= 29 ? { name } : {}),
    ...rest,
    ...sortedOrNone('labels', labels, release),
    ...sortedOrNone('annotations', annotations, release),
  }
  const own = ours(labels)
  return {
    ...object,
    apiVersion,
    metadata: {
      name: toStorageName({ kind: object.kind, name }, release),
      ...(namespace === undefined ? {} : { namespace }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(uid === undefined ? {} : { uid: convertUid(uid) }),
      ...(Object.keys(own).length === 0 ? {} : { labels: own }),
      annotations: { [metadataAnnotation]: JSON.stringify(kept), ...ours(annotations) },
    },
  }
}

const isMeta = (value: unknown): value is Partial<ObjectMeta> => typeof value === 'object' && value !== null

/** The custom resource as the resource that calicoctl shows. */
export const fromStored = (stored: KubeObject, release: string): KubeObject => {
  const { name, namespace, resourceVersion, uid, annotations = {}, labels, ...real } = stored.metadata
  const { [metadataAnnotation]: text, ...others } = annotations
  const parsed = text === undefined ? undefined : parseJson(text)
  const hidden: Partial<ObjectMeta> = isMeta(parsed) ? parsed : real
  const merged = {
    labels: { ...labels, ...hidden.labels },
    annotations: { ...others, ...hidden.annotations },
  }
  const { creationTimestamp } = real
  return {
    ...stored,
    apiVersion: calicoApiVersion,
    metadata: {
      ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
      ...hidden,
      name: isTiered(stored.kind) ? shownName(stored, hidden.name, release) : name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(uid === undefined ? {} : { uid: convertUid(uid) }),
      ...(Object.keys(merged.labels).length === 0 ? {} : { labels: merged.labels }),
      ...(Object.keys(merged.annotations).length === 0 ? {} : { annotations: merged.annotations }),
    },
  }
}
