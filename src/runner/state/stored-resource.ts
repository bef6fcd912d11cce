import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject, ObjectMeta, ResourceType } from '../../cluster/port.js'
import type { Invalid } from '../../error.js'
import { minorOf } from '../../model/calico-version.js'
import { isKindIn, kindFacts } from '../../model/kind.js'
import { storageVersion } from '../../model/meta/envelope.js'
import { isPatchedKind } from '../../model/patch.js'
import { type Kind, kinds, type Resource } from '../../model/resource.js'
import { namespaceOf, type ResourceId, resourceId } from '../../model/resource-id.js'
import { fromStorage, toStorageName } from '../../model/storage/storage.js'
import { mergedMetadata } from './kept-metadata.js'
import { without } from './without.js'

/** The groups of Calico's custom resources: its own internal one, or, in native mode (3.32), that of its API. */
export type CalicoGroup = 'crd.projectcalico.org' | 'projectcalico.org'

/** Where a cluster keeps Calico's resources, and as which release of Calico does, where that is known. */
export interface StoredBy {
  readonly group: CalicoGroup
  readonly version?: string
}

/** Where calicoctl stores a kind: as a custom resource. **Source**: `libcalico-go/lib/backend/k8s/k8s.go`. */
export const storageType = (kind: Kind, group: CalicoGroup = 'crd.projectcalico.org'): ResourceType => ({
  group,
  version: group === 'projectcalico.org' ? 'v3' : 'v1',
  resource: kindFacts[kind].plural,
  kind,
  namespaced: kindFacts[kind].namespaced,
})

/** What the Runner can write: the other kinds are Kubernetes' own objects under another name. */
export const storedKinds: ReadonlyArray<Kind> = kinds.filter((kind) => kindFacts[kind].stored === 'crd')

/** Those that this release of Calico has; all where it is not known. Asking for others may be forbidden. */
export const storedKindsOf = (calico: string | undefined): ReadonlyArray<Kind> =>
  storedKinds.filter((kind) => calico === undefined || isKindIn(kind, calico))

export const storageName = ({ kind, metadata }: Resource, calico: string): string =>
  toStorageName({ kind, name: metadata.name }, calico)

/** The resource with the namespace that calicoctl would give it. */
export const withNamespace = (resource: Resource): Resource =>
  kindFacts[resource.kind].namespaced && resource.metadata.namespace === undefined
    ? ({ ...resource, metadata: { ...resource.metadata, namespace: namespaceOf(resource) } } as Resource)
    : resource

/** A stored object, as far as it can be read. */
export interface Stored {
  readonly id: ResourceId
  /** It is stored under a name of an older release, which the cluster's still reads: under `default.web` for `web`. */
  readonly outdated: boolean
  readonly metadata: Pick<ObjectMeta, 'labels' | 'annotations'>
  readonly resource: Resource | undefined
  /** What of it is not known, and was passed over; or why it cannot be read at all. */
  readonly unknown?: Invalid
}

/** The first releases of each way to store names. */
const eras: ReadonlyArray<string> = ['3.20', '3.29', '3.32']

/** The names under which a resource may be stored on a cluster: as its release does, and as older ones did. */
const storedNames = (id: ResourceId, calico: string | undefined): ReadonlyArray<string> => {
  const passed = eras.filter((era) => calico === undefined || minorOf(era) <= minorOf(calico))
  return passed.map((era) => toStorageName(id, era)).reverse()
}

/** Reading is open: what a newer Calico, or a controller, has written beside what is known is passed over. */
const decodeOpen = (object: KubeObject): readonly [E.Either<Invalid, Resource>, unknown?: Invalid] => {
  const { apiVersion, kind, metadata, spec } = object
  const known = { apiVersion, kind, metadata, spec }
  const decoded = fromStorage(known)
  if (E.isRight(decoded)) return [decoded]
  const unknown = decoded.left.issues.filter(({ rule }) => rule === 'unknown-key').map(({ path }) => path)
  return unknown.length === 0
    ? [decoded, decoded.left]
    : [fromStorage(unknown.reduce(without, known as unknown)), decoded.left]
}

/**
 * The resource that an object is stored for. What does not decode keeps what can be told without. One that is stored under
 * a name that no release gives it is a copy, and not what it says that it is.
 */
export const fromStored = (object: KubeObject, calico: string | undefined): Stored => {
  const { name, namespace } = object.metadata
  const [decoded, fault] = decodeOpen(object)
  const unknown = fault === undefined ? {} : { unknown: fault }
  const isInternal = object.apiVersion === storageVersion
  const own = isInternal ? name.replace(/^default\./, '') : name
  const plain = { kind: object.kind, namespace, name: own }
  if (E.isLeft(decoded))
    return { id: plain, outdated: false, metadata: mergedMetadata(object), resource: undefined, ...unknown }
  const resource = decoded.right
  const id = resourceId(resource)
  const names = isInternal ? storedNames(id, calico) : [id.name]
  const { metadata } = resource
  return names.includes(name)
    ? { id, outdated: names[0] !== name, metadata, resource, ...unknown }
    : { id: { ...plain, name }, outdated: false, metadata, resource: named(resource, name), ...unknown }
}

const named = (resource: Resource, name: string): Resource =>
  ({ ...resource, metadata: { ...resource.metadata, name } }) as Resource

/** Of what somebody else owns, a plan writes all that there is; this is what of it is known. */
export const knownForm = (resource: Resource): Resource =>
  isPatchedKind(resource.kind)
    ? (fromStored(resource as object as KubeObject, undefined).resource ?? resource)
    : resource
