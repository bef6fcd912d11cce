import { createHash } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Resource } from '../../model/resource.js'
import { essence, isFields } from './essence.js'
import { leavesOf } from './leaf.js'

/** What was applied: each field that was sent, with a digest of its value. */
export type AppliedFields = ReadonlyMap<string, string>

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}

/** 48 bits of a value's SHA-256, whatever the order of its keys: enough to see a change by. */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('base64url')
    .slice(0, 8)

export const appliedFieldsOf = (resource: Resource): AppliedFields =>
  new Map(leavesOf(essence(resource)).map(({ field, value }) => [field, digestOf(value)]))

/** As an annotation holds them: names of fields and digests, no values. */
export const printAppliedFields = (resource: Resource): string =>
  JSON.stringify(Object.fromEntries(appliedFieldsOf(resource)))

const Written = t.record(t.string, t.string)

/** Nothing where the annotation is missing or says something else. */
export const readAppliedFields = (text: string | undefined): AppliedFields | undefined => {
  const parsed = E.tryCatch(
    () => JSON.parse(text ?? ''),
    () => undefined,
  )
  const written = E.isRight(parsed) ? Written.decode(parsed.right) : parsed
  return E.isRight(written) ? new Map(Object.entries(written.right)) : undefined
}
