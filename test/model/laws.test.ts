import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Codec, decodeAs } from '../../src/model/codec/codec.js'
import { compileGuard } from '../../src/model/codec/guard.js'
import { isPlain } from '../../src/model/codec/json.js'
import type { Schema } from '../../src/model/codec/schema.js'
import { validate } from '../../src/model/codec/validate.js'
import { codecs, decode, type Kind, kinds, type Resource } from '../../src/model/resource.js'
import { kind, mutated, valid } from './arbitrary.js'

const laws = suite('codecs')
const runs = 1000

/** Whether the plain, slow path finds nothing to say and nothing to change. */
const isFine = (schema: Schema, value: unknown): boolean => {
  let fine = true
  const spoil = (): void => {
    fine = false
  }
  validate(schema, value, [], { lenient: false, report: spoil, changed: spoil, isFull: () => false })
  return fine
}

const codecOf = (of: Kind): Codec<Resource> => codecs[of] as Codec<Resource>

const guards = new Map(kinds.map((of) => [of, compileGuard(codecs[of].schema)]))

laws('take every value that their schema describes', () => {
  const values = kind.chain((of) => fc.tuple(fc.constant(of), valid(codecs[of].schema)))
  fc.assert(
    fc.property(values, ([of, value]) => {
      assert.ok(guards.get(of)?.(value), 'the guard')
      assert.ok(isFine(codecs[of].schema, value), 'the slow path')
      assert.ok(E.toUnion(decodeAs(codecOf(of), value)) === value, 'the value itself')
    }),
    { numRuns: runs },
  )
})

laws('have a compiled guard that agrees with the slow path on any value', () => {
  fc.assert(
    fc.property(mutated, ({ kind: of, value }) => {
      assert.is(guards.get(of)?.(value), isFine(codecs[of].schema, value))
    }),
    { numRuns: 4 * runs },
  )
})

laws('decode to what they accept as it is', () => {
  fc.assert(
    fc.property(mutated, fc.constantFrom(false, true, 'keys' as const), ({ kind: of, value }, lenient) => {
      const decoded = decodeAs(codecOf(of), value, { lenient })
      if (E.isRight(decoded)) assert.ok(codecs[of].is(decoded.right))
      else assert.ok(decoded.left.issues.length > 0)
    }),
    { numRuns: 2 * runs },
  )
})

/** The keys of a value that its type does not have. */
const unknownKeys = (schema: Schema, value: unknown): ReadonlyArray<string> => {
  if (schema.kind === 'array' && Array.isArray(value))
    return value.flatMap((item) => unknownKeys(schema.item, item))
  if (!isPlain(value)) return []
  const keys = Object.keys(value)
  if (schema.kind === 'map') return keys.flatMap((key) => unknownKeys(schema.value, value[key]))
  if (schema.kind !== 'object') return []
  return keys.flatMap((key) => {
    const field = Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined
    return field === undefined ? [key] : unknownKeys(field.schema, value[key])
  })
}

laws('leave no key that the type lacks', () => {
  fc.assert(
    fc.property(mutated, fc.boolean(), ({ value }, lenient) => {
      const decoded = decode(value, { lenient })
      if (E.isRight(decoded)) {
        assert.equal(unknownKeys(codecs[decoded.right.kind].schema, decoded.right), [])
        assert.is(JSON.stringify(decode(decoded.right)), JSON.stringify(decoded))
      }
    }),
    { numRuns: 2 * runs },
  )
})

laws('never throw, whatever they are given', () => {
  const anything = fc.anything({
    maxDepth: 4,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withTypedArray: true,
  })
  fc.assert(
    fc.property(anything, mutated, fc.boolean(), (value, { value: almost }, lenient) => {
      decode(value, { lenient })
      decode(almost, { lenient })
    }),
    { numRuns: 2 * runs },
  )
})

laws.run()
