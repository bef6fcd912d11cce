import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject, ObjectMeta, ResourceType } from '../cluster/port.js'
import { kindFacts } from '../model/kind.js'
import { decode, type Kind, kinds, type Resource } from '../model/resource.js'
import type { Identity } from './ownership.js'

/** Where calicoctl stores a kind: as a custom resource. **Source**: `libcalico-go/lib/backend/k8s/k8s.go`. */
export const storageType = (kind: Kind): ResourceType => ({
  group: 'crd.projectcalico.org',
  version: 'v1',
  resource: kindFacts[kind].plural,
  kind,
  namespaced: kindFacts[kind].namespaced,
})

/** Policies that Calico stores under the name of their tier as well. */
const isTiered = (kind: string): boolean =>
  kind.endsWith('NetworkPolicy') && kind !== 'StagedKubernetesNetworkPolicy'

/** What the Runner can write: the other kinds are Kubernetes' own objects under another name. */
export const storedKinds: ReadonlyArray<Kind> = kinds.filter((kind) => kindFacts[kind].stored === 'crd')

export const storageName = (resource: Resource, _calico: string): string =>
  isTiered(resource.kind) ? `default.${resource.metadata.name}` : resource.metadata.name

const namespaceOf = (resource: Resource): string | undefined =>
  'namespace' in resource.metadata ? resource.metadata.namespace : undefined

/** The resource with the namespace that calicoctl would give it. */
export const withNamespace = (resource: Resource): Resource =>
  kindFacts[resource.kind].namespaced && namespaceOf(resource) === undefined
    ? ({ ...resource, metadata: { ...resource.metadata, namespace: 'default' } } as Resource)
    : resource

export const identityOfResource = (resource: Resource): Identity => {
  const namespace = kindFacts[resource.kind].namespaced ? (namespaceOf(resource) ?? 'default') : undefined
  return {
    kind: resource.kind,
    name: resource.metadata.name,
    ...(namespace === undefined ? {} : { namespace }),
  }
}

const Stored = t.partial({ labels: t.record(t.string, t.string), annotations: t.record(t.string, t.string) })

const metadataAnnotation = 'projectcalico.org/metadata'

const inner = (metadata: ObjectMeta): t.TypeOf<typeof Stored> => {
  try {
    const decoded = Stored.decode(JSON.parse(metadata.annotations?.[metadataAnnotation] ?? ''))
    return E.isRight(decoded) ? decoded.right : {}
  } catch {
    return {}
  }
}

/** A stored object as the resource that calicoctl would show. */
export const fromStored = (object: KubeObject) => {
  const { metadata } = object
  const name = isTiered(object.kind) ? metadata.name.replace(/^default\./, '') : metadata.name
  const { [metadataAnnotation]: _inner, ...annotations } = metadata.annotations ?? {}
  const labelled = inner(metadata)
  const merged = {
    labels: { ...metadata.labels, ...labelled.labels },
    annotations: { ...annotations, ...labelled.annotations },
  }
  const namespace = metadata.namespace === undefined ? {} : { namespace: metadata.namespace }
  const resource = decode({
    apiVersion: 'projectcalico.org/v3',
    kind: object.kind,
    metadata: { name, ...namespace, ...merged },
    spec: { ...(object.spec as object), ...(object.kind.endsWith('Policy') ? { tier: undefined } : {}) },
  })
  return {
    identity: { kind: object.kind, name, ...namespace },
    metadata: merged,
    resource: E.isRight(resource) ? resource.right : undefined,
  }
}
