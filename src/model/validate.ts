import type { Issue, Path } from '../error.js'
import { closest } from './closest.js'
import { describe, type ObjectSchema, type Schema } from './schema.js'

type Report = (issue: Issue) => void
type Plain = Readonly<Record<string, unknown>>

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const show = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a map'
  return String(value)
}

const wrongType = (schema: Schema, value: unknown, path: Path): Issue => {
  const meant =
    schema.kind === 'literal' && typeof value === 'string'
      ? closest(value, schema.values.map(String))
      : undefined
  return {
    rule: schema.kind === 'literal' ? 'unknown-value' : 'wrong-type',
    path,
    message: `expected ${describe(schema)}, got ${show(value)}`,
    ...(meant === undefined ? {} : { hint: `did you mean ${JSON.stringify(meant)}?` }),
    ...(schema.kind === 'string' && typeof value !== 'object'
      ? { hint: `quote it: "${String(value)}"` }
      : {}),
  }
}

const unknownKey = (schema: ObjectSchema, key: string, path: Path): Issue => {
  const meant = closest(key, Object.keys(schema.fields))
  return {
    rule: 'unknown-key',
    path: [...path, key],
    message: `${describe(schema)} has no field ${JSON.stringify(key.slice(0, 64))}`,
    hint:
      meant === undefined
        ? `its fields are: ${Object.keys(schema.fields).join(', ')}`
        : `did you mean ${JSON.stringify(meant)}?`,
  }
}

const object = (schema: ObjectSchema, value: unknown, path: Path, report: Report): unknown => {
  if (!isPlain(value)) return report(wrongType(schema, value, path))
  const out: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const field = Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined
    const given = value[key]
    if (field === undefined) report(unknownKey(schema, key, path))
    // Go's decoder, which calicoctl uses, takes null for "not given".
    else if (given !== undefined && given !== null)
      out[key] = validate(field.schema, given, [...path, key], report)
  }
  for (const [key, field] of Object.entries(schema.fields)) {
    if (field.required && (value[key] === undefined || value[key] === null)) {
      report({
        rule: 'missing-key',
        path: [...path, key],
        message: `expected ${describe(field.schema)}, got nothing`,
      })
    }
  }
  return out
}

const map = (
  schema: Schema & { readonly kind: 'map' },
  value: unknown,
  path: Path,
  report: Report,
): unknown => {
  if (!isPlain(value)) return report(wrongType(schema, value, path))
  if (Object.hasOwn(value, '__proto__')) {
    return report({
      rule: 'unknown-key',
      path: [...path, '__proto__'],
      message: 'the key "__proto__" is not allowed',
    })
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, validate(schema.value, item, [...path, key], report)]),
  )
}

const isScalar = (schema: Schema, value: unknown): boolean => {
  switch (schema.kind) {
    case 'string':
    case 'boolean':
      return typeof value === schema.kind
    case 'number':
      return Number.isFinite(value)
    case 'integer':
      return Number.isSafeInteger(value)
    case 'literal':
      return schema.values.some((allowed) => allowed === value)
    case 'anyOf':
      return schema.members.some((member) => isScalar(member, value))
    default:
      return schema.kind === 'json' && value !== undefined
  }
}

/**
 * The value without its nulls and undefineds, every issue reported on the way: the plain, slow path. The compiled
 * guard (`guard.ts`) must agree with it, and a property test holds that it does.
 */
export const validate = (schema: Schema, value: unknown, path: Path, report: Report): unknown => {
  switch (schema.kind) {
    case 'object':
      return object(schema, value, path, report)
    case 'map':
      return map(schema, value, path, report)
    case 'array':
      return Array.isArray(value)
        ? value.map((item, index) => validate(schema.item, item, [...path, index], report))
        : report(wrongType(schema, value, path))
    default:
      return isScalar(schema, value) ? value : report(wrongType(schema, value, path))
  }
}
