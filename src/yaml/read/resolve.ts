/** What a plain scalar can stand for. A bigint is an integer that no number holds exactly. */
export type Scalar = string | number | bigint | boolean | null

const words = new Map<string, boolean | number | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((w) => [w, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (w) => [w, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((w) => [w, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((w) => [w, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((w) => [w, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((w) => [w, Number.NEGATIVE_INFINITY] as const),
])

const longestWord = 5

/** Between these two are digits, signs, the dot, and two characters that begin no number. */
const plus = '+'.charCodeAt(0)
const nine = '9'.charCodeAt(0)
/** What may be a number; a CIDR, a range of ports and most else with a digit in front may not. */
const numeral = /^[-+.\d][\w.+-]*$/
const shortInteger = /^(?:0|-?[1-9]\d{0,14})$/
const integer = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/
/** Go takes a second sign, after the prefix. */
const signedBinary = /^0b([-+])([01]+)$/
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/

const sized = (sign: string, digits: string): number | bigint | undefined => {
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits)
  if (value > 18446744073709551615n || value < -9223372036854775808n) return undefined
  return BigInt(Number(value)) === value ? Number(value) : value
}

const readInteger = (text: string): number | bigint | undefined => {
  const binary = signedBinary.exec(text)
  if (binary !== null) return sized(binary[1] ?? '', `0b${binary[2]}`)
  const [, sign = '', hex, bits, octal, decimal] = integer.exec(text) ?? []
  if (decimal !== undefined) return sized(sign, decimal)
  if (hex !== undefined) return sized(sign, `0x${hex}`)
  if (bits !== undefined) return sized(sign, `0b${bits}`)
  return octal === undefined ? undefined : sized(sign, `0o${octal}`)
}

const readNumber = (text: string): number | bigint | undefined => {
  // Most numbers, at once.
  if (shortInteger.test(text)) return Number(text)
  if (!numeral.test(text)) return undefined
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '')
  const whole = readInteger(digits)
  if (whole !== undefined) return whole
  // What is too large for a float, Go takes for text.
  return float.test(digits) && Number.isFinite(Number(digits)) ? Number(digits) : undefined
}

/**
 * What calicoctl takes an unquoted scalar for: YAML 1.1's booleans, octals without an `o`, no base-60 numbers, and
 * dates as text.
 *
 * **Source**: `gopkg.in/yaml.v2/resolve.go`.
 *
 * @example
 * resolve('0120') // => 80
 */
export const resolve = (text: string): Scalar => {
  const begin = text.charCodeAt(0)
  const word = text.length <= longestWord ? words.get(text) : undefined
  if (word !== undefined) return word
  const isNumber = begin >= plus && begin <= nine
  return isNumber ? (readNumber(text) ?? text) : text
}
