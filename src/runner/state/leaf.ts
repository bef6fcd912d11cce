import { type Path, printPath } from '../../error.js'
import { type Fields, isFields, type Json } from './essence.js'

/** A field that is compared as a whole: a scalar, a list, or an object with nothing in it. */
export interface Leaf {
  readonly path: Path
  /** The path as it is printed. */
  readonly field: string
  readonly value: Json
}

const leavesIn = (value: Json, path: Path): ReadonlyArray<Leaf> =>
  isFields(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, item]) => leavesIn(item, [...path, key]))
    : [{ path, field: printPath(path), value }]

export const leavesOf = (fields: Fields): ReadonlyArray<Leaf> =>
  Object.entries(fields).flatMap(([key, item]) => leavesIn(item, [key]))

/** What is at a path; nothing where the path leads nowhere. */
export const at = (fields: Fields, path: Path): Json | undefined =>
  path.reduce<Json | undefined>(
    (value, key) =>
      isFields(value) && typeof key === 'string' && Object.hasOwn(value, key) ? value[key] : undefined,
    fields,
  )

/** The fields without some of their leaves, and without what was there only for these. */
export const pruned = (fields: Fields, keep: (leaf: Leaf) => boolean): Fields => {
  const keepIn = (value: Json, path: Path): Json | undefined => {
    if (!isFields(value) || Object.keys(value).length === 0) {
      return keep({ path, field: printPath(path), value }) ? value : undefined
    }
    const kept = Object.entries(value).flatMap(([key, item]): ReadonlyArray<readonly [string, Json]> => {
      const inner = keepIn(item, [...path, key])
      return inner === undefined ? [] : [[key, inner]]
    })
    if (kept.length > 0) return Object.fromEntries(kept)
    return keep({ path, field: printPath(path), value: {} }) ? {} : undefined
  }
  return (keepIn(fields, []) ?? {}) as Fields
}
