import type { Release } from '../calico-version.js'
import type { Lifetime } from '../lifetime.js'

/**
 * What a codec accepts, as data. The io-ts codec, its compiled guard, the order of keys in YAML and the drift
 * test against Calico's CRDs are all read off it, so a field is written down once.
 */
export type Schema =
  | StringSchema
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'json' }
  | IntegerSchema
  | LiteralSchema
  | NotationSchema
  | { readonly kind: 'array'; readonly item: Schema }
  | MapSchema
  | ObjectSchema

export interface StringSchema {
  readonly kind: 'string'
  /** The empty text means that nothing was given. */
  readonly emptyIsNone?: true
  /** No number or boolean passes for this text: calicoctl does not see through Go's embedded structs. */
  readonly textAlone?: true
}

/** Both ends belong to it. */
export interface IntegerSchema {
  readonly kind: 'integer'
  readonly min: number
  readonly max: number
}

export interface LiteralSchema {
  readonly kind: 'literal'
  readonly values: ReadonlyArray<string | number>
  /** The first Calico release that knows a value; absent for those older than 3.20. */
  readonly since?: Readonly<Record<string, Release>>
  /** The first Calico release that does not know a value any more. */
  readonly until?: Readonly<Record<string, Release>>
  /** The empty text is a word too, and none of these: Go holds the field by a pointer. */
  readonly emptyIsGiven?: true
}

/** A scalar with a notation of its own, such as a port or a duration. */
export interface NotationSchema {
  readonly kind: 'notation'
  /** What is expected, in words: `a port`. */
  readonly name: string
  /** What it is in Calico's CRDs. */
  readonly json: 'string' | 'integer' | 'integer-or-string'
  /** Whether the value is written as Calico itself prints it. */
  readonly is: (value: unknown) => boolean
  /** The value as Calico prints it, or `undefined` for one that Calico cannot read. */
  readonly read: (value: unknown) => string | number | undefined
  /** What to do about a value that cannot be read. */
  readonly hint?: (value: unknown) => string | undefined
}

/** String keys of any spelling, all values alike. */
export interface MapSchema {
  readonly kind: 'map'
  readonly value: Schema
}

/** A closed object: a key that is not in `fields` is an error. The order of `fields` is the order in YAML. */
export interface ObjectSchema {
  readonly kind: 'object'
  readonly name: string
  readonly fields: Readonly<Record<string, FieldSchema>>
  /** Fields that only Calico Enterprise and Calico Cloud have. */
  readonly enterprise?: RegExp
}

export interface FieldSchema extends Lifetime {
  readonly schema: Schema
  /** `orEmpty`: always there in the type; an empty object where the input has none, as in Go. */
  readonly presence: 'required' | 'optional' | 'orEmpty'
}

const an = (name: string): string => (/^[aeiou]/i.test(name) ? `an ${name}` : `a ${name}`)

const range = (schema: IntegerSchema): string =>
  schema.max === Number.MAX_SAFE_INTEGER ? 'an integer' : `an integer from ${schema.min} to ${schema.max}`

/** What was expected, in words: `a string`, `one of "Allow", "Deny"`, `an EntityRule`. */
export const describe = (schema: Schema): string => {
  switch (schema.kind) {
    case 'literal': {
      const values = schema.values.map((value) => JSON.stringify(value))
      return values.length > 1 ? `one of ${values.join(', ')}` : (values[0] ?? 'nothing')
    }
    case 'notation':
      return schema.name
    case 'integer':
      return range(schema)
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
