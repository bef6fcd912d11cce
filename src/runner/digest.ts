import { createHash } from 'node:crypto'
import type { Resource } from '../model/resource.js'
import { essence } from './diff.js'
import { appliedAnnotation, ownerLabel, selfAnnotation } from './ownership.js'
import type { Present } from './present.js'

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
export const hasDrifted = ({ resource, applied }: Present): boolean =>
  resource === undefined || applied !== digestOf(resource)
