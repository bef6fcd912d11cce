import { codecs } from '../model/resource.js'
import type { Schema } from '../model/schema.js'

/** How a map is printed: the order of its keys, and the line that each begins. */
export interface Layout {
  /** A line break and the indentation of the keys. */
  readonly newline: string
  readonly fields: ReadonlyMap<string, Field>
  /** The layout under keys that are not among the fields; they follow the fields, by name. */
  readonly rest: Schema | undefined
}

export interface Field {
  readonly rank: number
  /** `newline`, the key and a colon. */
  readonly block: string
  /** The same and a space. */
  readonly line: string
  readonly under: Layout
}

const noFields: Layout['fields'] = new Map()

/** Keys by name, at any depth. */
export const byName = (newline: string): Layout => ({ newline, fields: noFields, rest: undefined })

const deeper = (newline: string): string => `${newline}  `

const fieldsOf = (schema: Schema, newline: string): Layout['fields'] => {
  if (schema.kind !== 'object') return noFields
  const fields = Object.entries(schema.fields).map(([key, field], rank) => {
    const under = layoutOf(field.schema, deeper(newline))
    return [key, { rank, block: `${newline}${key}:`, line: `${newline}${key}: `, under }] as const
  })
  return new Map(fields)
}

const layouts = new WeakMap<Schema, Map<string, Layout>>()

/** What a schema has for a map at this indentation; a list has what its items have. Read off the schema once. */
export const layoutOf = (schema: Schema, newline: string): Layout => {
  if (schema.kind === 'array') return layoutOf(schema.item, newline)
  const known = layouts.get(schema) ?? new Map<string, Layout>()
  layouts.set(schema, known)
  const rest = schema.kind === 'map' ? schema.value : undefined
  const layout = known.get(newline) ?? { newline, fields: fieldsOf(schema, newline), rest }
  known.set(newline, layout)
  return layout
}

/** The layout of a kind. One that the types do not have is laid out by name. */
export const layoutOfKind = (kind: string): Layout => {
  const schemas: Readonly<Record<string, { readonly schema: Schema }>> = codecs
  const codec = Object.hasOwn(schemas, kind) ? schemas[kind] : undefined
  return codec === undefined ? byName('\n') : layoutOf(codec.schema, '\n')
}

export const layoutUnder = ({ fields, rest, newline }: Layout, key: string): Layout =>
  fields.get(key)?.under ?? (rest === undefined ? byName(deeper(newline)) : layoutOf(rest, deeper(newline)))

const last = Number.POSITIVE_INFINITY

/** Whether `a` is printed before `b`. */
const comesBefore = ({ fields }: Layout, a: string, b: string): boolean => {
  const rankOfA = fields.get(a)?.rank ?? last
  const rankOfB = fields.get(b)?.rank ?? last
  return rankOfA === rankOfB ? a < b : rankOfA < rankOfB
}

export const sortKeys = <K extends string>(keys: ReadonlyArray<K>, layout: Layout): ReadonlyArray<K> =>
  [...keys].sort((a, b) => (comesBefore(layout, a, b) ? -1 : 1))
