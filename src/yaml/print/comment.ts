// One for all copies of this package: the command is ESM, and the module that it prints may be CommonJS.
const key: unique symbol = Symbol.for('typed-calico.comment')

/**
 * A copy of the resource, rule or other part of a resource, with a comment that `toYaml` prints above it. The
 * comment is no data: codecs, checks and comparisons do not see it, and copies made by `{ ...spread }` lose it.
 *
 * @example
 * toYaml(commented(networkPolicy('a', 'shop'), 'of team shop')).split('\n')[0] // => '# of team shop'
 */
export const commented = <A extends object>(value: A, text: string): A =>
  Object.create(Object.getPrototypeOf(value), {
    ...Object.getOwnPropertyDescriptors(value),
    [key]: { value: text },
  })

const commentOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? (value as { readonly [key]?: string })[key] : undefined

const lineBreak = /\r\n|[\n\r\u0085\u2028\u2029]/
const unprintable = /[^\t -~\xa0-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|\p{Surrogate}/gu

/** The lines of the value's comment, each with `newline` and `#` before it. */
export const printComment = (value: unknown, newline: string): string => {
  const text = commentOf(value)
  if (text === undefined) return ''
  const lines = text.split(lineBreak).map((line) => line.replace(unprintable, '\ufffd'))
  return lines.map((line) => `${newline}# ${line}`.trimEnd()).join('')
}
