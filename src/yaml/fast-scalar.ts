import { Char, type Cursor, isBlank, peek } from './cursor.js'
import { resolve } from './resolve.js'

/*
 * Each reads what begins at the cursor and moves it behind that; `undefined` is for what takes the slow reader.
 */

const knownEscapes = /^(?:[^\\]|\\(?:["\\bfnrt]|u(?![dD][89a-fA-F])[\da-fA-F]{4}))*$/
const longest = 10_000

/** The escapes of JSON are YAML's, but for the slash and surrogates. */
const withoutEscapes = (quoted: string): string | undefined =>
  quoted.length < longest && knownEscapes.test(quoted) ? String(JSON.parse(quoted)) : undefined

const readDoubleQuoted = (cursor: Cursor): string | undefined => {
  const { text, at } = cursor
  let isEscaped = false
  for (let end = at + 1; end < text.length; end++) {
    const char = text.charCodeAt(end)
    if (char === Char.newline) return undefined
    if (char === Char.doubleQuote) {
      cursor.at = end + 1
      return isEscaped ? withoutEscapes(text.slice(at, end + 1)) : text.slice(at + 1, end)
    }
    if (char === Char.backslash) {
      isEscaped = true
      end++
    }
  }
  return undefined
}

const readSingleQuoted = (cursor: Cursor): string | undefined => {
  const { text, at } = cursor
  let end = text.indexOf("'", at + 1)
  while (end !== -1 && text.charCodeAt(end + 1) === Char.singleQuote) end = text.indexOf("'", end + 2)
  if (end === -1) return undefined
  cursor.at = end + 1
  const inside = text.slice(at + 1, end)
  return inside.includes('\n') ? undefined : inside.replaceAll("''", "'")
}

export const isQuote = (char: number): boolean => char === Char.doubleQuote || char === Char.singleQuote

export const readQuoted = (cursor: Cursor): string | undefined =>
  peek(cursor) === Char.doubleQuote ? readDoubleQuoted(cursor) : readSingleQuoted(cursor)

/** Of the texts before a colon, YAML knows no longer ones. */
const longestKey = 1000

const isKeyChar = (char: number): boolean =>
  (char >= 97 && char <= 122) || (char >= 65 && char <= 90) || (char >= 45 && char <= 57) || char === 95

const readKeyWord = (cursor: Cursor): string | undefined => {
  const start = cursor.at
  if (peek(cursor) === Char.dash) return undefined
  while (isKeyChar(peek(cursor))) cursor.at++
  const key = cursor.text.slice(start, cursor.at)
  return resolve(key) === key ? key : undefined
}

/** The key before a colon: a word of letters, digits and `-./_`, or a text in quotes. */
export const readKey = (cursor: Cursor): string | undefined => {
  const start = cursor.at
  const key = isQuote(peek(cursor)) ? readQuoted(cursor) : readKeyWord(cursor)
  return cursor.at - start < longestKey ? key : undefined
}

/** Letters, digits and what else begins neither a structure nor anything with a meaning of its own. */
const plainStart = /[A-Za-z0-9_./(+$^;~<\\=\xa0-\uffff]|-[0-9.]/y

/** What a plain value of one line stands for. A comment may follow it. */
export const readPlain = (cursor: Cursor): unknown => {
  const { text, at } = cursor
  plainStart.lastIndex = at
  if (!plainStart.test(text)) return undefined
  let end = at
  for (let here = at; here < text.length; here++) {
    const char = text.charCodeAt(here)
    if (char === Char.newline) break
    if (char === Char.space) continue
    if (char === Char.colon && isBlank(text.charCodeAt(here + 1))) return undefined
    if (char === Char.hash && text.charCodeAt(here - 1) === Char.space) break
    end = here + 1
  }
  cursor.at = end
  return known(resolve(text.slice(at, end)))
}

/** Numbers that need care take the slow reader. */
const known = (value: unknown): unknown =>
  typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? undefined : value

const flowWord = /[A-Za-z0-9_./+$^~(][\w./+:$^~()=-]*(?=[ ,\]}\n])/y

/** A plain value between brackets: one word. */
export const readFlowWord = (cursor: Cursor): unknown => {
  flowWord.lastIndex = cursor.at
  const word = flowWord.exec(cursor.text)?.[0]
  if (word === undefined || word.endsWith(':')) return undefined
  cursor.at += word.length
  return known(resolve(word))
}
