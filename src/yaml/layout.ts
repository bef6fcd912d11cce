import { codecs } from '../model/resource.js'
import type { Schema } from '../model/schema.js'

/** The order of an object's keys, and the layout of what is under them. A list has the layout of its items. */
export interface Layout {
  readonly fields: ReadonlyMap<string, Field>
  /** For the keys that are not among the fields: they follow them, by name. */
  readonly others: Field
}

interface Field {
  readonly rank: number
  readonly layout: Layout
}

const noFields: Layout['fields'] = new Map()
const last = Number.MAX_SAFE_INTEGER
const none: Layout = {
  fields: noFields,
  others: {
    rank: last,
    get layout() {
      return none
    },
  },
}

const layouts = new WeakMap<Schema, Layout>()

const layoutOf = (schema: Schema): Layout => {
  const known = layouts.get(schema)
  if (known !== undefined) return known
  const layout = read(schema)
  layouts.set(schema, layout)
  return layout
}

const read = (schema: Schema): Layout => {
  switch (schema.kind) {
    case 'object': {
      const fields = Object.entries(schema.fields).map(
        ([key, field], rank) => [key, { rank, layout: layoutOf(field.schema) }] as const,
      )
      return { fields: new Map(fields), others: none.others }
    }
    case 'map':
      return { fields: noFields, others: { rank: last, layout: layoutOf(schema.value) } }
    case 'array':
      return layoutOf(schema.item)
    default:
      return none
  }
}

/** The order of a kind's fields, read off its schema. A kind that the types do not have is laid out by name. */
export const layoutOfKind = (kind: string): Layout => {
  const schemas: Readonly<Record<string, { readonly schema: Schema }>> = codecs
  const codec = Object.hasOwn(schemas, kind) ? schemas[kind] : undefined
  return codec === undefined ? none : layoutOf(codec.schema)
}

export const fieldOf = (layout: Layout, key: string): Field => layout.fields.get(key) ?? layout.others

const inOrder = (keys: ReadonlyArray<string>, layout: Layout): boolean => {
  let previous = ''
  let rank = -1
  for (const key of keys) {
    const next = fieldOf(layout, key).rank
    if (next < rank || (next === rank && key < previous)) return false
    rank = next
    previous = key
  }
  return true
}

/** The object's keys: first the fields, as Calico's types have them, then all others by name. */
export const orderedKeys = (value: object, layout: Layout): ReadonlyArray<string> => {
  const keys = Object.keys(value)
  if (inOrder(keys, layout)) return keys
  return keys.sort((a, b) => fieldOf(layout, a).rank - fieldOf(layout, b).rank || (a < b ? -1 : 1))
}
