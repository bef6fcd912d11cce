import { Char, type Cursor, isBlank, peek } from './cursor.js'
import { isQuote, readFlowWord, readKey, readQuoted } from './fast-scalar.js'

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
