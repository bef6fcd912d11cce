import type { Schema } from './schema.js'

/** Go's `%e`: the exponent has a sign and at least two digits. */
const exponential = (value: number): string => value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')

/**
 * The text that calicoctl makes of a number or a boolean where text belongs.
 *
 * **Source**: `github.com/projectcalico/go-yaml-wrapper`, convertToJSONableObject: `strconv.FormatFloat(v, 'g', -1, 64)`.
 */
export const asText = (value: number | boolean): string => {
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return String(value)
  const size = Math.abs(value)
  return size >= 1e-4 && size < 1e6 ? String(value) : exponential(value)
}

/** A key as Go compares it: two letters beside ASCII's are counted in, the long s and the sign of Kelvin. */
export const fold = (key: string): string =>
  key.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase()

/** What Go has where nothing was given. */
export const zero = (schema: Schema): unknown => {
  switch (schema.kind) {
    case 'string':
    case 'literal':
      return ''
    case 'array':
      return []
    case 'boolean':
      return false
    case 'object':
    case 'map':
      return {}
    default:
      return 0
  }
}
