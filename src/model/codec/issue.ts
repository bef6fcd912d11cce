import type { Issue, Path } from '../../error.js'
import { closest } from './closest.js'
import { describe, type ObjectSchema, type Schema } from './schema.js'

/** What was given, in words: `nothing`, `a list`, `5`. */
export const describeGiven = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  return typeof value === 'object' ? 'a map' : String(value)
}

/** What calicoctl takes for text. */
export const isText = (value: unknown): value is number | boolean =>
  typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

const hintFor = (schema: Schema, value: unknown): string | undefined => {
  if (schema.kind === 'notation') return schema.hint?.(value)
  if (schema.kind === 'string' && isText(value)) return 'put it in quotes'
  if (schema.kind === 'array') return 'write it as a list of one'
  if (schema.kind === 'literal' && schema.values.length === 0) return 'leave it out'
  if (schema.kind !== 'literal' || typeof value !== 'string') return undefined
  const meant = closest(value, schema.values.map(String))
  return meant === undefined ? undefined : `did you mean ${JSON.stringify(meant)}?`
}

/** The value is of another type, or not one of those that are meant. */
export const wrong = (schema: Schema, value: unknown, path: Path): Issue => {
  const hint = hintFor(schema, value)
  const named = schema.kind === 'literal' || schema.kind === 'notation'
  return {
    rule: named && typeof value !== 'object' ? 'unknown-value' : 'wrong-type',
    path,
    message: `expected ${describe(schema)}, got ${describeGiven(value)}`,
    ...(hint === undefined ? {} : { hint }),
  }
}

export const unknownKey = (
  schema: ObjectSchema,
  key: string,
  path: Path,
  meant: string | undefined,
): Issue => {
  const known = Object.keys(schema.fields)
  if (schema.enterprise?.test(key) === true) {
    return {
      rule: 'unknown-key',
      path: [...path, key],
      message: `${JSON.stringify(key)} is a field of Calico Enterprise and Calico Cloud: open-source Calico does not have it`,
      hint: 'remove it, or apply the resource with the calicoctl of that product',
    }
  }
  return {
    rule: 'unknown-key',
    path: [...path, key],
    message: `${describe(schema)} has no field ${JSON.stringify(key.slice(0, 64))}`,
    hint:
      meant === undefined ? `its fields are: ${known.join(', ')}` : `did you mean ${JSON.stringify(meant)}?`,
  }
}

export const missing = (schema: Schema, path: Path): Issue => ({
  rule: 'missing-key',
  path,
  message: `expected ${describe(schema)}, got nothing`,
})
