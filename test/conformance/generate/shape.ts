import fc from 'fast-check'
import type { Shape } from '../oracle.js'
import { leaf } from './leaf.js'
import { from } from './pool.js'
import * as values from './values.js'

/** Any value that Calico's Go type can hold, and some that it cannot; a few fields of an object at a time. */
export const fromShape = (shape: Shape): fc.Arbitrary<unknown> => {
  const known = arbitraries.get(shape)
  if (known !== undefined) return known
  const arbitrary = compose(shape)
  arbitraries.set(shape, arbitrary)
  return arbitrary
}

const arbitraries = new WeakMap<Shape, fc.Arbitrary<unknown>>()

const compose = (shape: Shape): fc.Arbitrary<unknown> => {
  if (shape.fields !== undefined) return someOf(shape.fields)
  if (shape.values !== undefined) {
    return fc.dictionary(from(values.labelKey).map(String), from(values.labelValue), { maxKeys: 2 })
  }
  if (shape.items === undefined) return leaf(shape)
  // The tag of a list's items stands on the list.
  const { validate } = shape
  return fc.array(fromShape(validate === undefined ? shape.items : { ...shape.items, validate }), {
    maxLength: 3,
  })
}

const someOf = (fields: Readonly<Record<string, Shape>>): fc.Arbitrary<object> => {
  const entries = Object.entries(fields).map(([name, field]) =>
    fromShape(field).map((value): [string, unknown] => [name, value]),
  )
  const few = fc.array(fc.oneof(...entries), { maxLength: 5 })
  return few.map((chosen) => Object.fromEntries(chosen))
}
