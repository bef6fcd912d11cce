import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import type { Release } from '../calico-version.js'
import type { Lifetime } from '../lifetime.js'
import { compileGuard, type Guard } from './guard.js'
import type { FieldSchema, NotationSchema, Schema } from './schema.js'
import { total, unreadable } from './total.js'
import { type Reading, validate } from './validate.js'

/** An io-ts codec that also says, as data, what it accepts. Closed: unknown keys are errors at any depth. */
export interface Codec<A> extends t.Type<A, unknown> {
  readonly schema: Schema
}

/** A field that may be left out. */
export interface Optional<A> {
  readonly optional: Codec<A>
  readonly lifetime?: Lifetime
}

/** A field that a reader may leave out, and that is then an empty object, as in Go. */
export interface OrEmpty<A> {
  readonly orEmpty: Codec<A>
}

type FieldOf<A, K extends keyof A> =
  Record<never, never> extends Pick<A, K> ? Optional<Exclude<A[K], undefined>> : Codec<A[K]> | OrEmpty<A[K]>

/** One codec for each field of `A`, optional exactly where the field is: drift between the two does not compile. */
export type Fields<A> = { readonly [K in keyof A]-?: FieldOf<A, K> }

export interface DecodeOptions {
  /**
   * As forgiving as calicoctl: keys in another case, and numbers and booleans where text belongs (the label `yes`,
   * which YAML reads as true, becomes `"true"`). Off, these are issues that say what to write. `keys` forgives keys alone.
   */
  readonly lenient?: boolean | 'keys'
}

interface Outcome {
  readonly value: unknown
  readonly issues: ReadonlyArray<Issue>
  readonly changed: boolean
}

/** A document of garbage has as many issues as keys: nobody reads more than these. */
const mostIssues = 1000

const read = (schema: Schema, value: unknown, lenient: Reading['lenient']): Outcome => {
  const issues: Array<Issue> = []
  let changed = false
  const report = (issue: Issue): void => {
    if (issues.length < mostIssues) issues.push(issue)
  }
  const out = validate(schema, value, [], {
    lenient,
    report,
    isFull: () => issues.length >= mostIssues,
    changed: () => {
      changed = true
    },
  })
  return { value: out, issues, changed }
}

const toValidationError = (context: t.Context, issue: Issue): t.ValidationError => ({
  value: undefined,
  context: [...context, ...issue.path.map((key) => ({ key: String(key), type: t.unknown }))],
  message: issue.hint === undefined ? issue.message : `${issue.message}; ${issue.hint}`,
})

const isPlainly = (schema: Schema, value: unknown): boolean => {
  const { issues, changed } = read(schema, value, false)
  return issues.length === 0 && !changed
}

/** A codec made from a schema. The type parameter is the caller's promise: use the constructors below instead. */
const fromSchema = <A>(name: string, schema: Schema): Codec<A> => {
  let guard: Guard | undefined
  const is = (value: unknown): value is A => {
    guard ??= compileGuard(schema) ?? ((other) => isPlainly(schema, other))
    return guard(value)
  }
  const decode: t.Validate<unknown, A> = (value, context) => {
    const outcome = decodeAs(codec, value)
    return E.isRight(outcome)
      ? outcome
      : t.failures(outcome.left.issues.map((issue) => toValidationError(context, issue)))
  }
  const codec: Codec<A> = Object.assign(new t.Type<A, unknown>(name, is, decode, t.identity), { schema })
  return codec
}

/** What is wrong with a value, and what of it did decode: with holes for the rest, as `leaveHole` says. */
export interface Decoded<A> {
  readonly issues: ReadonlyArray<Issue>
  readonly parts: A | undefined
}

/** The value as `A` where it has no issues, and else what of it did decode. */
export const decodeParts = <A>(codec: Codec<A>, value: unknown, options: DecodeOptions = {}): Decoded<A> => {
  if (total(() => codec.is(value), false)) return { issues: [], parts: value as A }
  const nothing: Outcome = { value: undefined, issues: [unreadable], changed: false }
  const { value: out, issues } = total(() => read(codec.schema, value, options.lenient ?? false), nothing)
  return { issues, parts: out as A | undefined }
}

/** The value as `A`, as Calico would print it, or every issue with its path. */
export const decodeAs = <A>(
  codec: Codec<A>,
  value: unknown,
  options: DecodeOptions = {},
): E.Either<Invalid, A> => {
  const { issues, parts } = decodeParts(codec, value, options)
  return unlessIssues(issues, parts as A)
}

export const string: Codec<string> = fromSchema('string', { kind: 'string' })
/** Go has no word for "no text" but the empty one: here, that is none. */
export const nonEmpty: Codec<string> = fromSchema('string', { kind: 'string', emptyIsNone: true })
/** Text in one of Go's embedded structs, where calicoctl makes no text of a number. */
export const textAlone: Codec<string> = fromSchema('string', { kind: 'string', textAlone: true })
export const number: Codec<number> = fromSchema('number', { kind: 'number' })
export const boolean: Codec<boolean> = fromSchema('boolean', { kind: 'boolean' })
export const json: Codec<unknown> = fromSchema('JSON', { kind: 'json' })

/** Both ends belong to it. */
export const integerFrom = (min: number, max: number): Codec<number> =>
  fromSchema('integer', { kind: 'integer', min, max })
export const integer: Codec<number> = integerFrom(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)

export const literal = <const V extends string | number>(...values: ReadonlyArray<V>): Codec<V> =>
  fromSchema(values.join('|'), { kind: 'literal', values })

/** A word that Go holds by a pointer: there, the empty text is not "none given". */
export const pointed = <V extends string>(...values: ReadonlyArray<V>): Codec<V> =>
  fromSchema(values.join('|'), { kind: 'literal', values, emptyIsGiven: true })

/** Words, some of which only newer releases of Calico know: `{ LoadBalancer: '3.30' }`. */
export const literalSince = <const V extends string, const L extends string>(
  values: ReadonlyArray<V>,
  since: Readonly<Record<L, Release>>,
): Codec<V | L> => {
  const all = [...values, ...Object.keys(since)]
  return fromSchema(all.join('|'), { kind: 'literal', values: all, since })
}

/** Words, some of which newer releases of Calico do not know any more: `{ L2Only: '3.32' }`. */
export const literalUntil = <const V extends string, const L extends string>(
  values: ReadonlyArray<V>,
  until: Readonly<Record<L, Release>>,
): Codec<V | L> => {
  const all = [...values, ...Object.keys(until)]
  return fromSchema(all.join('|'), { kind: 'literal', values: all, until })
}

interface Notation<A> extends Omit<NotationSchema, 'kind'> {
  readonly is: (value: unknown) => value is A & (string | number)
  readonly read: (value: unknown) => (A & (string | number)) | undefined
}

/** A scalar with a notation of its own. */
export const notation = <A extends string | number>(schema: Notation<A>): Codec<A> =>
  fromSchema(schema.name, { kind: 'notation', ...schema })

export const list = <A>(item: Codec<A>): Codec<ReadonlyArray<A>> =>
  fromSchema(`${item.name}[]`, { kind: 'array', item: item.schema })

export const map = <A>(value: Codec<A>): Codec<Readonly<Record<string, A>>> =>
  fromSchema(`map of ${value.name}`, { kind: 'map', value: value.schema })

/** A text is the first release that knows the field. */
export const optional = <A>(codec: Codec<A>, lifetime?: Release | Lifetime): Optional<A> =>
  lifetime === undefined
    ? { optional: codec }
    : { optional: codec, lifetime: typeof lifetime === 'string' ? { since: lifetime } : lifetime }

export const orEmpty = <A>(codec: Codec<A>): OrEmpty<A> => ({ orEmpty: codec })

type AnyField = Codec<unknown> | Optional<unknown> | OrEmpty<unknown>

const toField = (field: AnyField): FieldSchema => {
  if ('schema' in field) return { schema: field.schema, presence: 'required' }
  if ('orEmpty' in field) return { schema: field.orEmpty.schema, presence: 'orEmpty' }
  return { schema: field.optional.schema, presence: 'optional', ...field.lifetime }
}

/**
 * A closed object. The order of the fields is the order in which they are printed. `enterprise` matches fields that
 * only Calico Enterprise and Calico Cloud have.
 */
export const object = <A extends object>(name: string, fields: Fields<A>, enterprise?: RegExp): Codec<A> => {
  const entries = Object.entries(fields) as ReadonlyArray<[string, AnyField]>
  return fromSchema(name, {
    kind: 'object',
    name,
    fields: Object.fromEntries(entries.map(([key, field]) => [key, toField(field)])),
    ...(enterprise === undefined ? {} : { enterprise }),
  })
}
