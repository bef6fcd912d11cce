import type { Path } from '../../error.js'

/** The value without what is at a path. */
export const without = (value: unknown, [key, ...below]: Path): unknown => {
  if (key === undefined || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === key ? without(item, below) : item))
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      if (name !== String(key)) return [[name, item]]
      return below.length === 0 ? [] : [[name, without(item, below)]]
    }),
  )
}
