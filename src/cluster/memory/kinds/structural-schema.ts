import * as t from 'io-ts'
import { record } from './json.js'
import type { FieldError } from './refusal.js'

/** As much of a definition's OpenAPI schema as this server acts upon. */
export interface StructuralSchema {
  readonly default?: unknown
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, StructuralSchema>>
}

export const StructuralSchema: t.Type<StructuralSchema, unknown> = t.recursion('StructuralSchema', () =>
  t.partial({
    default: t.unknown,
    minItems: t.number,
    properties: t.record(t.string, StructuralSchema),
  }),
)

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value with the defaults of what it leaves out. Nothing is made up below an object that is not there. */
export const withDefaults = ({ properties = {} }: StructuralSchema, value: unknown): unknown => {
  if (!isObject(value)) return value
  const given = record(value)
  const filled = Object.entries(properties).flatMap(([key, schema]) => {
    const field = given[key] === undefined ? schema.default : withDefaults(schema, given[key])
    return field === undefined ? [] : [[key, field] as const]
  })
  return { ...given, ...Object.fromEntries(filled) }
}

/** Where the value breaks a bound of the schema, in the words of Kubernetes. */
export const boundErrors = (
  { minItems, properties = {} }: StructuralSchema,
  value: unknown,
  field = '',
): ReadonlyArray<FieldError> => {
  if (minItems !== undefined && Array.isArray(value) && value.length < minItems) {
    const detail = `${value.length}: ${field} in body should have at least ${minItems} items`
    return [{ field, reason: 'Invalid value', detail }]
  }
  if (!isObject(value)) return []
  const given = record(value)
  return Object.entries(properties).flatMap(([key, schema]) =>
    boundErrors(schema, given[key], field === '' ? key : `${field}.${key}`),
  )
}
