import fc from 'fast-check'
import { isGivenJson } from '../../src/model/codec/json.js'
import type { FieldSchema, NotationSchema, ObjectSchema, Schema } from '../../src/model/codec/schema.js'
import { codecs, type Kind, kinds } from '../../src/model/resource.js'

/** Texts that some notation takes, in Calico's own writing and in others. */
const notations = [
  ...['80', '080', 80, 0, '8080:8090', '9:9', 'http', 'TCP', '6', 'ICMPv6', 255, '64512', '1.10', 4294967295],
  ...['1m30s', '0', '.5h', '2024-05-10T12:00:00Z', '2024-05-10T12:00:00.5+02:00', 'dns-tcp', '65535', 65535],
]

const written = (schema: NotationSchema): fc.Arbitrary<unknown> =>
  fc.constantFrom(...notations.filter((text) => schema.is(text)))

const key = fc.constantFrom('app', 'projectcalico.org/owner', 'a.b/c', '', 'constructor', 'toString', 'é')

const field = ({ schema, presence }: FieldSchema): fc.Arbitrary<unknown> =>
  presence === 'optional' ? fc.option(valid(schema), { nil: undefined, freq: 2 }) : valid(schema)

const objects = new Map<ObjectSchema, fc.Arbitrary<unknown>>()

const object = (schema: ObjectSchema): fc.Arbitrary<unknown> => {
  const known = objects.get(schema)
  if (known !== undefined) return known
  const fields = Object.entries(schema.fields).filter(
    ([, { schema: of }]) => of.kind !== 'literal' || of.values.length > 0,
  )
  const made = fc
    .record(Object.fromEntries(fields.map(([name, of]) => [name, field(of)])))
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)))
  objects.set(schema, made)
  return made
}

/** Values as a codec of the schema has them, derived from the schema alone. */
export const valid = (schema: Schema): fc.Arbitrary<unknown> => {
  switch (schema.kind) {
    case 'string':
      return fc.string({ minLength: schema.emptyIsNone ? 1 : 0, maxLength: 8 })
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'json':
      return fc.jsonValue({ maxDepth: 2 }).filter(isGivenJson)
    case 'integer':
      return fc.integer({ min: Math.max(schema.min, -1000), max: Math.min(schema.max, 70000) })
    case 'literal':
      return fc.constantFrom(...schema.values)
    case 'notation':
      return written(schema)
    case 'array':
      return fc.array(valid(schema.item), { maxLength: 2 })
    case 'map':
      return fc.dictionary(key, valid(schema.value), { maxKeys: 2 })
    case 'object':
      return object(schema)
  }
}

/** What a careless or hostile writer puts in some place. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    0,
    -1,
    1.5,
    true,
    [],
    {},
    [null],
    { a: null },
    'yes',
    ...notations,
  ),
  fc.constantFrom<unknown>(
    Number.NaN,
    Infinity,
    10n,
    Symbol('s'),
    new Date(0),
    new Map([['a', 'b']]),
    () => 1,
    new Array(3),
  ),
  fc.anything({ maxDepth: 2 }),
)

const step = (value: object, at: number): string => {
  const keys = Object.keys(value)
  return keys[at % Math.max(keys.length, 1)] ?? ''
}

type Edit = {
  readonly path: ReadonlyArray<number>
  readonly what: 'replace' | 'remove' | 'add' | 'rename'
  readonly to: unknown
}

const edited = (value: unknown, { path, what, to }: Edit): unknown => {
  if (typeof value !== 'object' || value === null) return what === 'replace' ? to : value
  const [at = 0, ...rest] = path
  const key = step(value, at)
  const inner: unknown = Reflect.get(value, key)
  if (rest.length > 0 && typeof inner === 'object' && inner !== null) {
    return put(value, key, edited(inner, { path: rest, what, to }))
  }
  if (what === 'replace') return put(value, key, to)
  if (what === 'add') return put(value, typeof to === 'string' ? to : 'extra', to)
  const { [key]: _gone, ...others } = value as Record<string, unknown>
  return what === 'remove' ? others : put(others, key.toUpperCase(), inner)
}

const put = (value: object, key: string, to: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? to : item))
  return Object.fromEntries([...Object.entries(value).filter(([name]) => name !== key), [key, to]])
}

const edit: fc.Arbitrary<Edit> = fc.record({
  path: fc.array(fc.nat(30), { minLength: 1, maxLength: 7 }),
  what: fc.constantFrom('replace', 'remove', 'add', 'rename'),
  to: odd,
})

export const kind: fc.Arbitrary<Kind> = fc.constantFrom(...kinds)

/** A kind, with a value of it, and the same value with up to three things wrong with it. */
export const mutated: fc.Arbitrary<{ readonly kind: Kind; readonly value: unknown }> = kind.chain((of) =>
  fc
    .tuple(valid(codecs[of].schema), fc.array(edit, { maxLength: 3 }))
    .map(([value, edits]) => ({ kind: of, value: edits.reduce(edited, value) })),
)
