/** A place in a text, by its characters. */
export interface Reader {
  readonly chars: ReadonlyArray<string>
  at: number
}

export const at = ({ chars, at: place }: Reader): string => chars[place] ?? ''

const isUnicodeName = (name: string): boolean => {
  if (name === 'Any') return true
  if (!/^\w+$/.test(name)) return false
  return [`\\p{General_Category=${name}}`, `\\p{Script=${name}}`].some((source) => {
    try {
      return new RegExp(source, 'u').source !== ''
    } catch {
      return false
    }
  })
}

/** Behind `\`: `pL`, `PN` or `p{Greek}`. */
export const readUnicodeClass = (reader: Reader): boolean => {
  if (at(reader) !== 'p' && at(reader) !== 'P') return false
  const rest = reader.chars.slice(reader.at, reader.at + 64).join('')
  const found = /^[pP](?:\{\^?([^}]*)\}|\^?([A-Za-z]))/.exec(rest)
  if (found === null || !isUnicodeName(found[1] ?? found[2] ?? '')) return false
  reader.at += [...found[0]].length
  return true
}

const anywhere = /^[dDsSwWafnrtv]/
/** Empty at a place of the text; none of them in a class. */
const outside = /^[AbBz]/
const numeric =
  /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9a-fA-F]{2}|x\{0*(?:[0-9a-fA-F]{1,5}|10[0-9a-fA-F]{4})\})/
const punctuation = /^[^A-Za-z0-9\u0080-\u{10ffff}]/u

/** `\Q` takes all that follows as it stands, up to `\E`. */
const readQuoted = (reader: Reader): true => {
  reader.at++
  while (reader.at < reader.chars.length) {
    if (at(reader) === '\\' && reader.chars[reader.at + 1] === 'E') {
      reader.at += 2
      return true
    }
    reader.at++
  }
  return true
}

/** Behind `\`: what it makes of the next characters; none where Go knows no such escape. */
export const readEscape = (reader: Reader, where: 'outside' | 'class'): boolean => {
  if (where === 'outside' && at(reader) === 'Q') return readQuoted(reader)
  const rest = reader.chars.slice(reader.at, reader.at + 16).join('')
  const found =
    anywhere.exec(rest) ??
    numeric.exec(rest) ??
    punctuation.exec(rest) ??
    (where === 'outside' ? outside.exec(rest) : null)
  if (found === null) return false
  reader.at += [...found[0]].length
  return true
}

const posix =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/

/** `\d` and its like stand for many: they begin no range. */
const standsForMany = /^[dDsSwW]/

const simple: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** The character that an escape stands for, near enough to tell the order of two. */
const escaped = (text: string): number => {
  const hex = /^x\{?([0-9a-fA-F]+)/.exec(text)?.[1]
  if (hex !== undefined) return Number.parseInt(hex, 16)
  if (/^[0-7]/.test(text)) return Number.parseInt(text, 8)
  return (simple[text] ?? text).codePointAt(0) ?? 0
}

/** One character of a class, and what it is; none where there is none. */
const readChar = (reader: Reader): number | undefined => {
  const char = at(reader)
  if (char === '') return undefined
  reader.at++
  if (char !== '\\') return char.codePointAt(0)
  const start = reader.at
  if (standsForMany.test(at(reader))) return undefined
  return readEscape(reader, 'class') ? escaped(reader.chars.slice(start, reader.at).join('')) : undefined
}

/** A character, or a range of them that does not run backwards. */
const readRange = (reader: Reader): boolean => {
  const first = readChar(reader)
  if (first === undefined) return false
  if (at(reader) !== '-' || reader.chars[reader.at + 1] === ']') return true
  reader.at++
  const last = readChar(reader)
  return last !== undefined && last >= first
}

/** Something named as the POSIX classes are, but unknown. */
const isPosixLike = (reader: Reader): boolean =>
  reader.chars
    .slice(reader.at, reader.at + 1_000)
    .join('')
    .includes(':]')

const readMany = (reader: Reader): boolean | undefined => {
  if (at(reader) === '[' && reader.chars[reader.at + 1] === ':') {
    const rest = reader.chars.slice(reader.at, reader.at + 16).join('')
    const found = posix.exec(rest)
    if (found === null) return isPosixLike(reader) ? false : undefined
    reader.at += found[0].length
    return true
  }
  if (at(reader) !== '\\') return undefined
  reader.at++
  if (readUnicodeClass(reader)) return true
  if (standsForMany.test(at(reader))) return readEscape(reader, 'class')
  reader.at--
  return undefined
}

/** Behind `[`: up to its `]`. A `]` that comes first stands for itself. */
export const readClass = (reader: Reader): boolean => {
  if (at(reader) === '^') reader.at++
  let first = true
  while (first || at(reader) !== ']') {
    if (reader.at >= reader.chars.length) return false
    first = false
    if (!(readMany(reader) ?? readRange(reader))) return false
  }
  reader.at++
  return true
}
