import type { KubeObject, ObjectMeta } from '../../cluster/port.js'
import { parseJson } from '../../cluster/reply.js'
import { minorOf } from '../../model/calico-version.js'
import { isTiered } from '../../model/kind.js'
import { metadataAnnotation } from '../../model/storage/storage.js'
import { storedObject } from '../../model/storage/stored-object.js'
import { tierOf } from '../calico/tier.js'
import { calicoApiVersion } from './kind.js'

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

/** The resource as the custom resource that calicoctl writes. */
export const toStored = (object: KubeObject, apiVersion: string, release: string): KubeObject => {
  const { resourceVersion, uid, ...metadata } = object.metadata
  const stored = storedObject({ ...object, metadata }, release)
  return {
    ...object,
    ...stored,
    apiVersion,
    metadata: {
      ...stored.metadata,
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(uid === undefined ? {} : { uid: convertUid(uid) }),
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
