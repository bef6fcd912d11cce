import { readFileSync } from 'node:fs'
import type { KubeObject } from '../../src/cluster/port.js'

/** As much of a definition's schema as our definitions use. */
interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly items?: Schema
  readonly required?: ReadonlyArray<string>
  readonly enum?: ReadonlyArray<unknown>
  readonly pattern?: string
  readonly minItems?: number
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean
  readonly 'x-kubernetes-int-or-string'?: boolean
}

/** A definition of ours, written from what the engine's own says. */
export const definition = (name: string): KubeObject =>
  JSON.parse(readFileSync(new URL(`definitions/${name}.json`, import.meta.url), 'utf8'))

const schemaOf = (crd: KubeObject): Schema => {
  const { versions } = crd.spec as {
    readonly versions: ReadonlyArray<{ readonly schema: { readonly openAPIV3Schema: Schema } }>
  }
  const [first] = versions
  if (first === undefined) throw new Error('the definition has no version')
  return first.schema.openAPIV3Schema
}

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array'
  if (Number.isInteger(value)) return 'integer'
  return value === null ? 'null' : typeof value
}

const hasType = (schema: Schema, value: unknown): boolean => {
  if (schema['x-kubernetes-int-or-string']) return ['integer', 'string'].includes(typeOf(value))
  return schema.type === undefined || schema.type === typeOf(value)
}

const walk = (schema: Schema, value: unknown, path: string): ReadonlyArray<string> => {
  if (!hasType(schema, value)) return [`${path}: must be of type ${schema.type}`]
  if (schema.enum && !schema.enum.includes(value)) return [`${path}: unsupported value ${value}`]
  if (schema.pattern && typeof value === 'string' && !new RegExp(schema.pattern).test(value))
    return [`${path}: ${value} does not match ${schema.pattern}`]
  if (Array.isArray(value)) {
    const few = value.length < (schema.minItems ?? 0) ? [`${path}: too few items`] : []
    return [...few, ...value.flatMap((item, index) => walk(schema.items ?? {}, item, `${path}[${index}]`))]
  }
  if (typeOf(value) !== 'object' || path === '.metadata') return []
  const given = value as Readonly<Record<string, unknown>>
  const missing = (schema.required ?? []).filter((key) => given[key] === undefined)
  return [
    ...missing.map((key) => `${path}.${key}: required value`),
    ...Object.entries(given).flatMap(([key, field]) => {
      const under = schema.properties?.[key] ?? schema.additionalProperties
      if (under !== undefined) return walk(under, field, `${path}.${key}`)
      return schema['x-kubernetes-preserve-unknown-fields'] ? [] : [`${path}.${key}: unknown field`]
    }),
  ]
}

/** What an API server that is asked to be strict says of the object. */
export const strictErrors = (crd: KubeObject, object: unknown): ReadonlyArray<string> =>
  walk(schemaOf(crd), object, '')

/** The object with a letter too much in the name of one field below its spec. */
export const misspelt = (object: KubeObject, field: string): KubeObject =>
  JSON.parse(JSON.stringify(object).replace(`"${field}":`, `"${field}x":`))
