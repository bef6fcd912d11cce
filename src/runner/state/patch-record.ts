import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { ObjectMeta } from '../../cluster/port.js'
import { printPath } from '../../error.js'
import { printId, type ResourceId } from '../../model/resource-id.js'
import type { Json } from './essence.js'
import type { Keys } from './json-path.js'

/** A field that was set for an owner, and what it was before. */
export interface SetField {
  /** From the spec on. */
  readonly path: Keys
  readonly to: Json
  /** Absent where there was none. */
  readonly from?: Json
  /** Where there was none: how many of the objects that it is in were there. */
  readonly depth?: number
}

/** What was set for one owner. */
export type PatchRecord = ReadonlyArray<SetField>

/** By owner; nothing where it cannot be read what was set. */
export type PatchRecords = ReadonlyMap<string, PatchRecord | undefined>

const prefix = 'typed-calico.projectcalico.org/patch.'

/**
 * In which an owner's fields are kept: on the object itself, so that they are written with it, at once or not at all, and are
 * found by whoever comes later.
 */
export const recordAnnotation = (owner: string): string => `${prefix}${owner}`

/** Whether an annotation is one of these. */
export const isRecord = (key: string): boolean => key.startsWith(prefix)

const Entry = t.intersection([
  t.type({ path: t.array(t.string), to: t.unknown }),
  t.partial({ from: t.unknown, depth: t.number }),
])

/** Names the object, so that a copy of the annotation on another says nothing of that. */
const Written = t.type({ self: t.string, fields: t.array(Entry) })

export const printRecord = (id: ResourceId, record: PatchRecord): string =>
  JSON.stringify({ self: printId(id), fields: record })

const readRecord = (text: string, id: ResourceId): PatchRecord | undefined => {
  const parsed = E.tryCatch(
    () => JSON.parse(text) as unknown,
    () => undefined,
  )
  const written = E.isRight(parsed) ? Written.decode(parsed.right) : parsed
  if (E.isLeft(written)) return undefined
  const { self, fields } = written.right
  return self === printId(id) ? (fields as PatchRecord) : []
}

/** Whose fields an object has, by its annotations. */
export const readRecords = (
  { annotations = {} }: Pick<ObjectMeta, 'annotations'>,
  id: ResourceId,
): PatchRecords =>
  new Map(
    Object.entries(annotations).flatMap(([key, text]) => {
      if (!isRecord(key)) return []
      const record = readRecord(text, id)
      return record?.length === 0 ? [] : [[key.slice(prefix.length), record] as const]
    }),
  )

/** A field as plans name it. */
export const printField = (path: Keys): string => printPath(['spec', ...path])
