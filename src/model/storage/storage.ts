import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, invalid } from '../../error.js'
import { minorOf } from '../calico-version.js'
import { isPlain, type Plain } from '../codec/json.js'
import { total, unreadable } from '../codec/total.js'
import { isTiered } from '../kind.js'
import { apiVersion, storageVersion } from '../meta/envelope.js'
import { decode, type Resource } from '../resource.js'

/** Where Calico keeps the metadata of a resource, on the object that it is stored as. */
export const metadataAnnotation = 'projectcalico.org/metadata'

/** Names that stand for policies of Kubernetes' or OpenStack's own: the prefix is part of them. */
const isForeign = (name: string): boolean => /^(?:knp|ossg|kanp|kbanp)\./.test(name)

/**
 * The name under which a release of Calico stores a resource: up to 3.31 a policy's has its tier in front.
 *
 * **Source**: 3.28 `libcalico-go/lib/clientv3/globalnetworkpolicy.go`, 3.29 to 3.31 `libcalico-go/lib/names/policy.go`.
 *
 * @example
 * toStorageName({ kind: 'NetworkPolicy', name: 'web' }, '3.28') // => 'default.web'
 * toStorageName({ kind: 'NetworkPolicy', name: 'security.web' }, '3.30') // => 'security.web'
 * toStorageName({ kind: 'NetworkPolicy', name: 'web' }, '3.32') // => 'web'
 */
export const toStorageName = (
  { kind, name }: { readonly kind: string; readonly name: string },
  calico: string,
): string => {
  const minor = minorOf(calico)
  if (!isTiered(kind) || minor >= 32 || isForeign(name)) return name
  return minor >= 29 && name.includes('.') ? name : `default.${name}`
}

const plainOr = (value: unknown): Plain => (isPlain(value) ? value : {})

/**
 * The name that a policy was given: kept beside it since 3.29.4, and read off the stored one before. Releases that store it
 * under its own name still read what older ones have stored.
 */
const givenName = ({ kind, spec }: Plain, stored: unknown, kept: Plain): unknown => {
  if (typeof stored !== 'string' || !isTiered(kind)) return stored
  if (typeof kept.name === 'string' && kept.name !== '') return kept.name
  const { tier = 'default' } = plainOr(spec)
  return tier === 'default' || tier === '' ? stored.replace(/^default\./, '') : stored
}

/** Both together, the kept ones winning; none where there are none. */
const merged = (stored: unknown, kept: unknown): Plain | undefined => {
  const all = { ...plainOr(stored), ...plainOr(kept) }
  return Object.keys(all).length === 0 ? undefined : all
}

const metadataOf = (object: Plain, kept: Plain | undefined): Plain => {
  const stored = plainOr(object.metadata)
  const { [metadataAnnotation]: _kept, ...annotations } = plainOr(stored.annotations)
  const { uid: _uid, ...own } = kept === undefined ? stored : kept
  return {
    ...own,
    creationTimestamp: own.creationTimestamp ?? stored.creationTimestamp,
    name: givenName(object, stored.name, kept ?? {}),
    namespace: stored.namespace,
    resourceVersion: stored.resourceVersion,
    labels: merged(stored.labels, kept?.labels),
    annotations: merged(annotations, kept?.annotations),
  }
}

/** The metadata that Calico keeps in an annotation; none where there is no annotation; null where it is no JSON. */
const keptMetadata = (stored: Plain): Plain | undefined | null => {
  const text = plainOr(stored.annotations)[metadataAnnotation]
  if (text === undefined) return undefined
  const kept = total<unknown>(() => (typeof text === 'string' ? JSON.parse(text) : null), null)
  return isPlain(kept) ? kept : null
}

const unreadableAnnotation = (): E.Either<Invalid, never> =>
  E.left(
    invalid([
      {
        rule: 'metadata-annotation',
        path: ['metadata', 'annotations', metadataAnnotation],
        message: 'the annotation in which Calico keeps the metadata is not JSON',
        hint: 'delete the object and apply its resource again; Calico itself cannot read it either',
        source: 'libcalico-go/lib/backend/k8s/resources/resources.go',
      },
    ]),
  )

const read = (value: unknown): E.Either<Invalid, Resource> => {
  if (!isPlain(value) || value.apiVersion !== storageVersion) return decode(value)
  const kept = keptMetadata(plainOr(value.metadata))
  if (kept === null) return unreadableAnnotation()
  return decode({ ...value, apiVersion, metadata: metadataOf(value, kept) })
}

/** How a stored object is read. */
export interface StorageOptions {
  /** @deprecated Not needed: every release reads the name in the same way. */
  readonly calico?: string
}

/**
 * The resource that a stored object is, as calicoctl shows it: named as it was given, with the labels, annotations and
 * other metadata that Calico keeps in an annotation. Its `uid` is left out, for the one that calicoctl shows is
 * another. An object in Calico's own form (`projectcalico.org/v3`) is decoded as it is.
 *
 * **Errors**: as `decode`; `metadata-annotation`. **Source**: `libcalico-go/lib/backend/k8s/resources/resources.go`.
 *
 * @example
 * fromStorage({
 *   apiVersion: 'crd.projectcalico.org/v1',
 *   kind: 'GlobalNetworkPolicy',
 *   metadata: { name: 'default.dns', annotations: { 'projectcalico.org/metadata': '{"labels":{"team":"a"}}' } },
 *   spec: { types: ['Egress'] },
 * }) // => Right, named dns, with the label team
 */
export const fromStorage = (value: unknown, _options: StorageOptions = {}): E.Either<Invalid, Resource> =>
  total(() => read(value), E.left(invalid([unreadable])))
