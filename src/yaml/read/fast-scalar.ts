import { Char, type Cursor, isBlank, peek } from './cursor.js'
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
const readFlowWord = (cursor: Cursor): unknown => {
  const word = take(flowWord, cursor)
  return word === undefined ? undefined : known(resolve(word))
}

const deepest = 64

export const isBracket = (char: number): boolean => char === Char.openBrace || char === Char.openBracket

const skip = (cursor: Cursor, overLines: boolean): void => {
  while (peek(cursor) === Char.space || (overLines && peek(cursor) === Char.newline)) cursor.at++
}

/** What begins at the cursor, between brackets; `undefined` for what takes the slow reader. */
export const readFlow = (cursor: Cursor, depth: number, overLines: boolean): unknown => {
  if (depth > deepest) return undefined
  const char = peek(cursor)
  if (char === Char.openBracket) return readList(cursor, depth, overLines)
  if (char === Char.openBrace) return readMap(cursor, depth, overLines)
  return isQuote(char) ? readQuoted(cursor) : readFlowWord(cursor)
}

/** False where a key was there twice, or was `__proto__`, which makes no entry. */
export const hasKeys = (map: object, count: number): boolean => Object.keys(map).length === count

/** Over the bracket, if it is next. */
const ends = (cursor: Cursor, bracket: number, overLines: boolean): boolean => {
  skip(cursor, overLines)
  if (peek(cursor) !== bracket) return false
  cursor.at++
  return true
}

const readList = (cursor: Cursor, depth: number, overLines: boolean): unknown => {
  const list: Array<unknown> = []
  cursor.at++
  if (ends(cursor, Char.closeBracket, overLines)) return list
  for (;;) {
    skip(cursor, overLines)
    const value = readFlow(cursor, depth + 1, overLines)
    if (value === undefined) return undefined
    list.push(value)
    if (ends(cursor, Char.closeBracket, overLines)) return list
    if (!ends(cursor, Char.comma, overLines)) return undefined
  }
}

const readMap = (cursor: Cursor, depth: number, overLines: boolean): unknown => {
  const map: Record<string, unknown> = {}
  cursor.at++
  if (ends(cursor, Char.closeBrace, overLines)) return map
  for (let count = 1; ; count++) {
    skip(cursor, overLines)
    const isWord = !isQuote(peek(cursor))
    const key = readKey(cursor)
    if (key === undefined) return undefined
    if (peek(cursor) !== Char.colon || (isWord && !isBlank(peek(cursor, 1)))) return undefined
    cursor.at++
    skip(cursor, overLines)
    const value = readFlow(cursor, depth + 1, overLines)
    if (value === undefined) return undefined
    map[key] = value
    if (ends(cursor, Char.closeBrace, overLines)) return hasKeys(map, count) ? map : undefined
    if (!ends(cursor, Char.comma, overLines)) return undefined
  }
}
