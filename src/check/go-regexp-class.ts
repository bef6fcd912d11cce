import { at, type Reader, readEscape, readUnicodeClass } from './go-regexp-escape.js'

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
