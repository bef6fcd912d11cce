import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject, ObjectMeta, ResourceType } from '../../cluster/port.js'
import { storageVersion } from '../../model/envelope.js'
import { isKindIn, kindFacts } from '../../model/kind.js'
import { type Kind, kinds, type Resource } from '../../model/resource.js'
import { namespaceOf, type ResourceId, resourceId } from '../../model/resource-id.js'
import { fromStorage, toStorageName } from '../../model/storage.js'

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
  readonly metadata: Pick<ObjectMeta, 'labels' | 'annotations'>
  readonly resource: Resource | undefined
}

/** The resource that an object is stored for. What does not decode keeps what can be told without. */
export const fromStored = (object: KubeObject, calico: string | undefined): Stored => {
  const decoded = fromStorage(object, calico === undefined ? {} : { calico })
  if (E.isRight(decoded)) {
    return {
      id: resourceId(decoded.right),
      metadata: decoded.right.metadata,
      resource: decoded.right,
    }
  }
  const { name, namespace } = object.metadata
  const own = object.apiVersion === storageVersion ? name.replace(/^default\./, '') : name
  const id = { kind: object.kind, namespace, name: own }
  return { id, metadata: object.metadata, resource: undefined }
}
