import { isPlain } from './codec/json.js'
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

const over = (whole: unknown, fields: unknown): unknown =>
  isPlain(whole) && isPlain(fields)
    ? {
        ...whole,
        ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, over(whole[key], value)])),
      }
    : fields

/** The resource with the fields of a patch set. Lists are one field. */
export const withPatch = (whole: Resource, patch: Resource): Resource =>
  ({ ...whole, spec: over(whole.spec, patch.spec) }) as Resource
