import type { KubeObject } from '../../port.js'
import { record } from '../kinds/json.js'

/** Where a field is: the keys from the root, as one JSON text. Lists count as one field. */
type FieldPath = string

// Identity and what the server itself writes belong to nobody.
const unowned = new Set(['apiVersion', 'kind'])
const ownedMetadata = new Set(['labels', 'annotations', 'finalizers', 'ownerReferences'])

const isBranch = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0

const collect = (value: unknown, path: ReadonlyArray<string>, into: Map<FieldPath, unknown>): void => {
  if (!isBranch(value)) {
    if (value !== undefined) into.set(JSON.stringify(path), value)
    return
  }
  for (const [key, child] of Object.entries(record(value))) collect(child, [...path, key], into)
}

/** Every field of the object that somebody can own, with its value. */
export const fieldsOf = ({ metadata, ...rest }: KubeObject): ReadonlyMap<FieldPath, unknown> => {
  const fields = new Map<FieldPath, unknown>()
  for (const [key, value] of Object.entries(rest)) if (!unowned.has(key)) collect(value, [key], fields)
  for (const [key, value] of Object.entries(metadata)) {
    if (ownedMetadata.has(key)) collect(value, ['metadata', key], fields)
  }
  return fields
}

const keysOf = (path: FieldPath): ReadonlyArray<string> => JSON.parse(path)

interface Tree {
  [key: string]: Tree
}

/** The set in the form of `managedFields`: `{ 'f:spec': { 'f:order': {} } }`. */
export const toFieldsV1 = (paths: Iterable<FieldPath>): Tree => {
  const root: Tree = {}
  for (const path of paths) {
    let at = root
    for (const key of keysOf(path)) {
      at[`f:${key}`] ??= {}
      at = at[`f:${key}`] ?? {}
    }
  }
  return root
}

export const fromFieldsV1 = (tree: unknown, path: ReadonlyArray<string> = []): ReadonlyArray<FieldPath> =>
  Object.entries(record(tree)).flatMap(([key, child]) => {
    const here = [...path, key.slice(2)]
    return Object.keys(record(child)).length === 0 ? [JSON.stringify(here)] : fromFieldsV1(child, here)
  })
