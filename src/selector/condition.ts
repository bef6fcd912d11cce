import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { Comparison, Has, Membership } from './ast.js'
import { type Key, keyOf } from './label.js'

/**
 * `key == "value"`: the label has exactly this value.
 *
 * @example
 * printSelector(eq('role', 'web')) // => 'role == "web"'
 */
export const eq = <Value extends string = string>(key: Key<Value>, value: NoInfer<Value>): Comparison => ({
  _tag: 'Eq',
  key: keyOf(key),
  value,
})

/**
 * `key != "value"`: the label has another value, **or is absent**. Add `has(key)` where it must be there.
 *
 * @example
 * matches(ne('role', 'web'), {}) // => true
 * matches(and(has('role'), ne('role', 'web')), {}) // => false
 */
export const ne = <Value extends string = string>(key: Key<Value>, value: NoInfer<Value>): Comparison => ({
  _tag: 'Ne',
  key: keyOf(key),
  value,
})

/**
 * `key in {"a", "b"}`: the label has one of these values. At least one: an empty list does not compile, as it would
 * match nothing.
 *
 * @example
 * printSelector(isIn('role', ['web', 'api'])) // => 'role in {"api", "web"}'
 */
export const isIn = <Value extends string = string>(
  key: Key<Value>,
  values: ReadonlyNonEmptyArray<NoInfer<Value>>,
): Membership => ({ _tag: 'In', key: keyOf(key), values })

/**
 * `key not in {"a", "b"}`: the label has none of these values, **or is absent**. Add `has(key)` where it must be
 * there. An empty list does not compile, as it would match everything.
 *
 * @example
 * matches(notIn('env', ['dev', 'test']), {}) // => true
 */
export const notIn = <Value extends string = string>(
  key: Key<Value>,
  values: ReadonlyNonEmptyArray<NoInfer<Value>>,
): Membership => ({ _tag: 'NotIn', key: keyOf(key), values })

/**
 * `has(key)`: the label is there, whatever its value.
 *
 * @example
 * matches(has('role'), { role: '' }) // => true
 */
export const has = (key: Key): Has => ({ _tag: 'Has', key: keyOf(key) })

/**
 * `key contains "text"`: the label's value holds this text. An absent label never matches.
 *
 * @example
 * matches(contains('app', 'shop'), { app: 'web-shop-2' }) // => true
 */
export const contains = (key: Key, text: string): Comparison => ({
  _tag: 'Contains',
  key: keyOf(key),
  value: text,
})

/**
 * `key starts with "text"`: the label's value begins with this text. An absent label never matches.
 *
 * @example
 * matches(startsWith('app', 'web-'), { app: 'web-shop' }) // => true
 */
export const startsWith = (key: Key, text: string): Comparison => ({
  _tag: 'StartsWith',
  key: keyOf(key),
  value: text,
})

/**
 * `key ends with "text"`: the label's value ends with this text. An absent label never matches.
 *
 * @example
 * matches(endsWith('app', '-shop'), { app: 'web-shop' }) // => true
 */
export const endsWith = (key: Key, text: string): Comparison => ({
  _tag: 'EndsWith',
  key: keyOf(key),
  value: text,
})
