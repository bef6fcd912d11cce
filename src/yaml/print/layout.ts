import type { ObjectSchema, Schema } from '../../model/codec/schema.js'
import { codecs } from '../../model/resource.js'

/** How a map is printed: the order of its keys, and the line that each begins. */
export interface Layout {
  /** A line break and the indentation of the keys. */
  readonly newline: string
  /** The same for the dashes of a list of such maps. */
  readonly dashes: string
  /** In the order in which they are printed. */
  readonly fields: ReadonlyArray<Field>
  readonly byKey: ReadonlyMap<string, Field>
  /** The layout under keys that are not among the fields; they follow the fields, by name. */
  readonly rest: Schema | undefined
}

export interface Field {
  readonly key: string
  readonly rank: number
  /** `newline`, the key and a colon. */
  readonly block: string
  /** The same and a space. */
  readonly line: string
  readonly under: Layout
}

const indentation = '  '

const layout = (newline: string, fields: ReadonlyArray<Field>, rest: Schema | undefined): Layout => ({
  newline,
  dashes: newline.slice(0, -indentation.length),
  fields,
  byKey: new Map(fields.map((field) => [field.key, field])),
  rest,
})

/** Keys by name; `rest` is the schema of what is under each. */
export const byName = (newline: string, rest?: Schema): Layout => layout(newline, [], rest)

const deeper = (newline: string): string => `${newline}${indentation}`

const fieldsOf = (schema: ObjectSchema, newline: string): ReadonlyArray<Field> =>
  Object.entries(schema.fields).map(([key, field], rank) => ({
    key,
    rank,
    block: `${newline}${key}:`,
    line: `${newline}${key}: `,
    under: layoutOf(field.schema, deeper(newline)),
  }))

const readLayout = (schema: Schema, newline: string): Layout => {
  if (schema.kind === 'object') return layout(newline, fieldsOf(schema, newline), undefined)
  return byName(newline, schema.kind === 'map' ? schema.value : undefined)
}

const layouts = new WeakMap<Schema, Map<string, Layout>>()

/** What a schema has for a map at this indentation; a list has what its items have. Read off the schema once. */
export const layoutOf = (schema: Schema, newline: string): Layout => {
  if (schema.kind === 'array') return layoutOf(schema.item, newline)
  const known = layouts.get(schema) ?? new Map<string, Layout>()
  layouts.set(schema, known)
  const found = known.get(newline) ?? readLayout(schema, newline)
  known.set(newline, found)
  return found
}

/** The layout of a kind. One that the types do not have is laid out by name. */
export const layoutOfKind = (kind: string): Layout => {
  const schemas: Readonly<Record<string, { readonly schema: Schema }>> = codecs
  const codec = Object.hasOwn(schemas, kind) ? schemas[kind] : undefined
  return codec === undefined ? byName('\n') : layoutOf(codec.schema, '\n')
}

export const layoutUnder = ({ byKey, rest, newline }: Layout, key: string): Layout =>
  byKey.get(key)?.under ?? (rest === undefined ? byName(deeper(newline)) : layoutOf(rest, deeper(newline)))

const last = Number.POSITIVE_INFINITY

/** Whether `a` is printed before `b`. */
const comesBefore = ({ byKey }: Layout, a: string, b: string): boolean => {
  const rankOfA = byKey.get(a)?.rank ?? last
  const rankOfB = byKey.get(b)?.rank ?? last
  return rankOfA === rankOfB ? a < b : rankOfA < rankOfB
}

export const sortKeys = <K extends string>(keys: ReadonlyArray<K>, layout: Layout): ReadonlyArray<K> =>
  [...keys].sort((a, b) => (comesBefore(layout, a, b) ? -1 : 1))
