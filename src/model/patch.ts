import type { Kind } from './kind.js'
import type { Kinds, Resource } from './resource.js'

/**
 * On a manifest that is no whole resource, but fields to set of one that somebody else owns. It is for the Runner, and
 * is not written to the cluster.
 */
export const patchAnnotation = 'typed-calico.projectcalico.org/patch'

/** The kinds that configure all of Calico, or a node's: of these a cluster has one of a name, whoever made it. */
export const patchedKinds = [
  'BGPConfiguration',
  'FelixConfiguration',
  'KubeControllersConfiguration',
] as const satisfies ReadonlyArray<Kind>

export type PatchedKind = (typeof patchedKinds)[number]

/** Any of the fields of a kind's spec. */
export type PatchSpec<K extends PatchedKind> = Partial<Kinds[K]['spec']>

export const isPatchedKind = (kind: unknown): kind is PatchedKind =>
  (patchedKinds as ReadonlyArray<unknown>).includes(kind)

/** Whether a resource is fields to set, by what it says itself. */
export const isPatch = ({ metadata }: Resource): boolean => metadata.annotations?.[patchAnnotation] === 'true'
