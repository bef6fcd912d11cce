/**
 * What a codec accepts, as data. The io-ts codec, its compiled guard, the order of keys in YAML and the drift
 * test against Calico's CRDs are all read off it, so a field is written down once.
 */
export type Schema =
  | { readonly kind: 'string' }
  | { readonly kind: 'number' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'json' }
  | { readonly kind: 'literal'; readonly values: ReadonlyArray<string | number> }
  | { readonly kind: 'anyOf'; readonly members: ReadonlyArray<Schema> }
  | { readonly kind: 'array'; readonly item: Schema }
  | { readonly kind: 'map'; readonly value: Schema }
  | ObjectSchema

/** A closed object: a key that is not in `fields` is an error. The order of `fields` is the order in YAML. */
export interface ObjectSchema {
  readonly kind: 'object'
  readonly name: string
  readonly fields: Readonly<Record<string, FieldSchema>>
}

export interface FieldSchema {
  readonly schema: Schema
  readonly required: boolean
  /** The first Calico release that knows the field; absent where it is older than 3.20. */
  readonly since?: string
}

const an = (name: string): string => (/^[aeiou]/i.test(name) ? `an ${name}` : `a ${name}`)

/** What was expected, in words: `a string`, `one of "Allow", "Deny"`, `an EntityRule`. */
export const describe = (schema: Schema): string => {
  switch (schema.kind) {
    case 'literal': {
      const values = schema.values.map((value) => JSON.stringify(value))
      return values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`
    }
    case 'anyOf':
      return schema.members.map(describe).join(' or ')
    case 'array':
      return `a list, each item ${describe(schema.item)}`
    case 'map':
      return `a map, each value ${describe(schema.value)}`
    case 'object':
      return an(schema.name)
    case 'json':
      return 'a JSON value'
    default:
      return an(schema.kind)
  }
}
