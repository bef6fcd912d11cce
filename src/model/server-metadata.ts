import { copyOf } from './codec/hole.js'
import type { StringMap } from './meta/metadata.js'
import type { Resource } from './resource.js'

/**
 * Metadata that a server sets, or that is about the one object it stands on: an export has it, and what is written
 * anew from the export does not need it. `calicoctl create` even refuses a resourceVersion.
 */
const serverFields = [
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'managedFields',
] as const

/** What `kubectl apply` keeps on an object: the object as it was applied, which calicoctl would not keep up to date. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

const without = <A extends object>(value: A, keys: ReadonlyArray<string>): A => {
  const copy = copyOf(value)
  for (const key of keys) Reflect.deleteProperty(copy, key)
  return copy
}

/** The names of the server's fields that a resource has: none for one that a person wrote. */
export const serverMetadata = ({ metadata }: Resource): ReadonlyArray<string> => [
  ...serverFields.filter((key) => metadata[key] !== undefined),
  ...(metadata.annotations?.[lastApplied] === undefined ? [] : [lastApplied]),
]

/** The resource as its author has it: itself, where there is nothing of the server's. */
export const withoutServerMetadata = <R extends Resource>(resource: R): R => {
  if (serverMetadata(resource).length === 0) return resource
  const { annotations = {} } = resource.metadata
  const own: StringMap = without(annotations, [lastApplied])
  const metadata = without(resource.metadata, [...serverFields, 'annotations'])
  const kept = Object.keys(own).length === 0 ? {} : { annotations: own }
  return Object.assign(copyOf(resource), { metadata: Object.assign(metadata, kept) })
}
