import { Char, type Cursor, peek } from './cursor.js'
import { resolve } from './resolve.js'

/*
 * Each reads what begins at the cursor and moves it behind that; `undefined` is for what takes the slow reader.
 */

/** The text that matches at the cursor. */
const take = (pattern: RegExp, cursor: Cursor): string | undefined => {
  const { text, at } = cursor
  pattern.lastIndex = at
  if (!pattern.test(text)) return undefined
  cursor.at = pattern.lastIndex
  return text.slice(at, cursor.at)
}

const doubleQuoted = /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/y
const singleQuoted = /'[^'\n]*(?:''[^'\n]*)*'/y
/** The escapes of JSON are YAML's, but for the slash and surrogates. */
const foreignEscape = /\\(?:[^"\\bfnrtu]|u(?![\da-fA-F]{4})|u[dD][89a-fA-F])/
const escapePairs = /\\\\/g

const withoutEscapes = (quoted: string): string | undefined =>
  foreignEscape.test(quoted.replace(escapePairs, '')) ? undefined : String(JSON.parse(quoted))

export const isQuote = (char: number): boolean => char === Char.doubleQuote || char === Char.singleQuote

export const readQuoted = (cursor: Cursor): string | undefined => {
  const isDouble = peek(cursor) === Char.doubleQuote
  const quoted = take(isDouble ? doubleQuoted : singleQuoted, cursor)
  if (quoted === undefined) return undefined
  const inside = quoted.slice(1, -1)
  if (!isDouble) return inside.includes("'") ? inside.replaceAll("''", "'") : inside
  return inside.includes('\\') ? withoutEscapes(quoted) : inside
}

const keyWord = /[\w./][\w./-]*/y
/** Of the texts before a colon, YAML knows no longer ones. */
const longestKey = 1000

/** The key before a colon: a word of letters, digits and `-./_`, or a text in quotes. */
export const readKey = (cursor: Cursor): string | undefined => {
  const start = cursor.at
  if (isQuote(peek(cursor))) {
    const key = readQuoted(cursor)
    return cursor.at - start < longestKey ? key : undefined
  }
  const key = take(keyWord, cursor)
  return key !== undefined && key.length < longestKey && resolve(key) === key ? key : undefined
}

/** Begins with nothing that has a meaning of its own; holds no `: ` and no ` #`. */
const plain =
  /(?:[\w./(+$^;~<\\=\xa0-\uffff]|-[\d.])[!-9;-~\xa0-\uffff]*(?:(?::(?![ \n]|$)| +(?![ #\n]|$))[!-9;-~\xa0-\uffff]*)*/y

/** What a plain value of one line stands for. */
export const readPlain = (cursor: Cursor): unknown => {
  const text = take(plain, cursor)
  return text === undefined ? undefined : known(resolve(text))
}

/** Numbers that need care take the slow reader. */
const known = (value: unknown): unknown =>
  typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? undefined : value

const flowWord = /[\w./+$^~(][\w./+:$^~()=-]*(?=[ ,\]}\n])(?<!:)/y

/** A plain value between brackets: one word. */
export const readFlowWord = (cursor: Cursor): unknown => {
  const word = take(flowWord, cursor)
  return word === undefined ? undefined : known(resolve(word))
}
