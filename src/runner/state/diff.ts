import { createHash } from 'node:crypto'
import diff from 'microdiff'
import { printPath } from '../../error.js'
import { isTiered, type TieredKind } from '../../model/kind.js'
import { defaultTypes } from '../../model/policy.js'
import type { Kinds, Resource } from '../../model/resource.js'
import type { FieldChange } from '../report.js'
import type { LiveResource } from './live-resource.js'
import { appliedAnnotation, ownerLabel, selfAnnotation } from './owner-labels.js'

type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

const isEmpty = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length === 0
    : typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** What Go's `omitempty` leaves out of a policy. In other kinds a `false` is kept: there it may overrule a default. */
const isOmitted = (value: unknown, kind: string): boolean =>
  value === undefined || value === null || value === '' || (value === false && isTiered(kind))

/** Drops what means the same whether it is there or not: Calico up to 3.31 answers `source: {}` for no source. */
const compact = (value: unknown, kind: string): Json => {
  if (Array.isArray(value)) return value.map((item) => compact(item, kind))
  if (typeof value !== 'object' || value === null) return value as Json
  const entries = Object.entries(value).flatMap(([key, item]): ReadonlyArray<readonly [string, Json]> => {
    const kept = compact(item, kind)
    return isOmitted(item, kind) || isEmpty(kept) ? [] : [[key, kept]]
  })
  return Object.fromEntries(entries)
}

const isPolicy = (resource: Resource): resource is Kinds[TieredKind] => isTiered(resource.kind)

const withDefaults = (resource: Resource): unknown => {
  if (!isPolicy(resource)) return resource.spec
  const { spec } = resource
  const types = spec.types === undefined || spec.types.length === 0 ? defaultTypes(spec) : spec.types
  // The server writes types in its own order, and the tier that goes without saying.
  return { ...spec, types: [...types].sort(), tier: spec.tier === 'default' ? undefined : spec.tier }
}

/** What of a resource is its author's, in one form: without what the server adds, defaults filled in. */
export const essence = (resource: Resource): Json => {
  const { labels = {}, annotations = {} } = resource.metadata
  const { 'projectcalico.org/tier': _tier, ...ownLabels } = labels
  // The digest follows from the rest.
  const { [appliedAnnotation]: _applied, ...ownAnnotations } = annotations
  return compact(
    { metadata: { labels: ownLabels, annotations: ownAnnotations }, spec: withDefaults(resource) },
    resource.kind,
  )
}

const changes = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const

/** The fields in which the wanted resource differs from the present one; empty when they mean the same. */
export const changedFields = (present: Resource, wanted: Resource): ReadonlyArray<FieldChange> =>
  diff(essence(present) as Record<string, Json>, essence(wanted) as Record<string, Json>).map((step) => ({
    field: printPath(step.path),
    path: step.path,
    change: changes[step.type],
    ...('oldValue' in step ? { from: step.oldValue } : {}),
    ...('value' in step ? { to: step.value } : {}),
  }))

const marks: ReadonlySet<string> = new Set([ownerLabel, selfAnnotation, appliedAnnotation])

const without = (map: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(map).filter(([key]) => !marks.has(key)))

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}

/** A digest of what the author of a resource wrote, whatever the order of its keys. */
export const digestOf = (resource: Resource): string => {
  const { labels, annotations, ...metadata } = resource.metadata
  const bare = {
    ...resource,
    metadata: { ...metadata, labels: without(labels), annotations: without(annotations) },
  } as Resource
  return createHash('sha256')
    .update(JSON.stringify(sorted(essence(bare))))
    .digest('hex')
}

/** Whether someone has changed an owned resource since it was applied. */
export const hasDrifted = ({ resource, applied }: LiveResource): boolean =>
  resource === undefined || applied !== digestOf(resource)
