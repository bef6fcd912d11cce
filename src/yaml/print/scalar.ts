/**
 * What reads as this text without quotes: a CIDR, whose slash tells it from every number, date and base-60 number of
 * YAML 1.1; and what begins like a word, holds no `: ` and no ` #`, and does not end in a space, but for the words of
 * YAML 1.1 and `e1`, which the `yaml` package takes for a float.
 */
const plain =
  /^(?:(?!(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$)[a-z/][!-9;-~]*(?:(?: (?=[!"$-~])|:(?=[!-~]))[!-9;-~]*)*|\d[\da-f.:]*\/\d+)$/i

const fitsSingleQuotes = /^[ -&(-~]*["\\][ -&(-~]*$/
const loneSurrogate = /\p{Surrogate}/gu
/** Line breaks to YAML 1.1, and what its readers refuse to see unescaped. JSON leaves them as they are. */
const unprintable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Nothing that UTF-8 cannot hold: a surrogate without its partner becomes U+FFFD. */
export const wellFormed = (text: string): string => text.replace(loneSurrogate, '\ufffd')

/** The JSON text with escapes for what JSON allows and YAML readers refuse or take for a line break. */
export const escapeUnprintable = (json: string): string => json.replace(unprintable, escaped)

/** A string that every YAML 1.1 and 1.2 reader reads as this string, well-formed, on one line. */
export const printString = (text: string): string => {
  if (plain.test(text)) return text
  if (fitsSingleQuotes.test(text)) return `'${text}'`
  return escapeUnprintable(JSON.stringify(wellFormed(text)))
}

const printNumber = (value: number): string => {
  if (Number.isFinite(value)) return String(value)
  if (Number.isNaN(value)) return '.nan'
  return value > 0 ? '.inf' : '-.inf'
}

/** Anything that is neither a list nor a map. */
export const printScalar = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return printString(value)
    case 'number':
      return printNumber(value)
    case 'boolean':
    case 'bigint':
      return String(value)
    default:
      return 'null'
  }
}
