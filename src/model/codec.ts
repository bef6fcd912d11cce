import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Invalid, type Issue, unlessIssues } from '../error.js'
import { compileGuard, type Guard } from './guard.js'
import type { FieldSchema, Schema } from './schema.js'
import { validate } from './validate.js'

/** An io-ts codec that also says, as data, what it accepts. Closed: unknown keys are errors at any depth. */
export interface Codec<A> extends t.Type<A, unknown> {
  readonly schema: Schema
}

/** A field that may be left out. */
export interface Optional<A> {
  readonly optional: Codec<A>
  readonly since?: string
}

type FieldOf<A, K extends keyof A> =
  Record<never, never> extends Pick<A, K> ? Optional<Exclude<A[K], undefined>> : Codec<A[K]>

/** One codec for each field of `A`, optional exactly where the field is: drift between the two does not compile. */
export type Fields<A> = { readonly [K in keyof A]-?: FieldOf<A, K> }

const run = (
  schema: Schema,
  value: unknown,
): { readonly value: unknown; readonly issues: ReadonlyArray<Issue> } => {
  const issues: Array<Issue> = []
  const out = validate(schema, value, [], (issue) => void issues.push(issue))
  return { value: out, issues }
}

const toValidationError = (context: t.Context, issue: Issue): t.ValidationError => ({
  value: undefined,
  context: [...context, ...issue.path.map((key) => ({ key: String(key), type: t.unknown }))],
  message: issue.hint === undefined ? issue.message : `${issue.message}; ${issue.hint}`,
})

const guards = new WeakMap<Schema, { readonly guard: Guard | undefined }>()

const guardOf = (schema: Schema): Guard | undefined => {
  const known = guards.get(schema)
  if (known !== undefined) return known.guard
  const guard = compileGuard(schema)
  guards.set(schema, { guard })
  return guard
}

const accepts = (schema: Schema, value: unknown): boolean =>
  guardOf(schema)?.(value) === true || run(schema, value).issues.length === 0

/** A codec made from a schema. The type parameter is the caller's promise: use the constructors below instead. */
const fromSchema = <A>(name: string, schema: Schema): Codec<A> => {
  const is = (value: unknown): value is A => accepts(schema, value)
  const decode: t.Validate<unknown, A> = (value, context) => {
    if (guardOf(schema)?.(value) === true) return t.success(value as A)
    const { value: out, issues } = run(schema, value)
    return issues.length === 0
      ? t.success(out as A)
      : t.failures(issues.map((issue) => toValidationError(context, issue)))
  }
  return Object.assign(new t.Type<A, unknown>(name, is, decode, t.identity), { schema })
}

export const string: Codec<string> = fromSchema('string', { kind: 'string' })
export const number: Codec<number> = fromSchema('number', { kind: 'number' })
export const integer: Codec<number> = fromSchema('integer', { kind: 'integer' })
export const boolean: Codec<boolean> = fromSchema('boolean', { kind: 'boolean' })
export const json: Codec<unknown> = fromSchema('JSON', { kind: 'json' })

export const literal = <const V extends string | number>(...values: ReadonlyArray<V>): Codec<V> =>
  fromSchema(values.join('|'), { kind: 'literal', values })

export const anyOf = <A, B>(a: Codec<A>, b: Codec<B>): Codec<A | B> =>
  fromSchema(`${a.name}|${b.name}`, { kind: 'anyOf', members: [a.schema, b.schema] })

export const list = <A>(item: Codec<A>): Codec<ReadonlyArray<A>> =>
  fromSchema(`${item.name}[]`, { kind: 'array', item: item.schema })

export const map = <A>(value: Codec<A>): Codec<Readonly<Record<string, A>>> =>
  fromSchema(`map of ${value.name}`, { kind: 'map', value: value.schema })

export const optional = <A>(codec: Codec<A>, since?: string): Optional<A> =>
  since === undefined ? { optional: codec } : { optional: codec, since }

const isOptional = (field: unknown): field is Optional<unknown> =>
  typeof field === 'object' && field !== null && 'optional' in field

const toField = (field: Codec<unknown> | Optional<unknown>): FieldSchema =>
  isOptional(field)
    ? {
        schema: field.optional.schema,
        required: false,
        ...(field.since === undefined ? {} : { since: field.since }),
      }
    : { schema: field.schema, required: true }

/** A closed object. The order of the fields is the order in which they are printed. */
export const object = <A extends object>(name: string, fields: Fields<A>): Codec<A> => {
  const entries = Object.entries(fields) as ReadonlyArray<[string, Codec<unknown> | Optional<unknown>]>
  return fromSchema(name, {
    kind: 'object',
    name,
    fields: Object.fromEntries(entries.map(([key, field]) => [key, toField(field)])),
  })
}

/** The value as `A`, without nulls, or every issue with its path. */
export const decodeAs = <A>(codec: Codec<A>, value: unknown): E.Either<Invalid, A> => {
  if (guardOf(codec.schema)?.(value) === true) return E.right(value as A)
  const { value: out, issues } = run(codec.schema, value)
  return unlessIssues(issues, out as A)
}
