import { Char, type Cursor, endLine, isBlank, peek, toNextData } from './cursor.js'
import { hasKeys, isBracket, isQuote, readFlow, readKey, readPlain, readQuoted } from './fast-scalar.js'

const deepest = 64

/** Line feeds, and what every reader of YAML takes for itself. */
const ordinary = /^[\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/

/**
 * The data of a document, if all of it is written as people and printers mostly write: maps and lists, one line for
 * each scalar. `undefined` for a document that has anything else, or anything wrong: the slow reader knows more.
 * Where this one answers, that one answers the same.
 */
export const readFast = (text: string): unknown => {
  if (!ordinary.test(text)) return undefined
  const cursor: Cursor = { text, at: 0, column: 0 }
  toNextData(cursor)
  if (cursor.column === 0 && text.startsWith('---\n', cursor.at)) {
    cursor.at += 4
    toNextData(cursor)
  }
  if (cursor.column === -1) return null
  // Only a whole document, which is JSON then, may have brackets over several lines.
  const value = isBracket(peek(cursor)) ? readFlow(cursor, 0, true) : readBlock(cursor, 0)
  return value !== undefined && (cursor.column === -1 || (endLine(cursor) && cursor.column === -1))
    ? value
    : undefined
}

const isDash = (cursor: Cursor): boolean => peek(cursor) === Char.dash && isBlank(peek(cursor, 1))

/** A map or a list with a line for each entry, from the cursor to where its column ends. */
const readBlock = (cursor: Cursor, depth: number): unknown => {
  if (depth > deepest) return undefined
  return isDash(cursor) ? readList(cursor, depth) : readMap(cursor, cursor.column, depth)
}

/** The key at the cursor, if a colon and a space follow it, and behind them. */
const readKeyAndColon = (cursor: Cursor): string | undefined => {
  const key = readKey(cursor)
  if (key === undefined || peek(cursor) !== Char.colon || !isBlank(peek(cursor, 1))) return undefined
  cursor.at++
  return key
}

/** The map in this column; its first key may have been read. */
const readMap = (cursor: Cursor, column: number, depth: number, firstKey?: string): unknown => {
  const map: Record<string, unknown> = {}
  let key = firstKey
  let count = 0
  while (cursor.column === column) {
    key ??= readKeyAndColon(cursor)
    if (key === undefined) return undefined
    const value = readUnderKey(cursor, column, depth)
    if (value === undefined) return undefined
    map[key] = value
    key = undefined
    count++
  }
  return cursor.column < column && hasKeys(map, count) ? map : undefined
}

const readUnderKey = (cursor: Cursor, column: number, depth: number): unknown => {
  if (!endLine(cursor)) return readInline(cursor, column, depth)
  if (cursor.column > column || (cursor.column === column && isDash(cursor)))
    return readBlock(cursor, depth + 1)
  return null
}

/** A value in the line of its key or dash; a line that goes deeper would go on with it. */
const readInline = (cursor: Cursor, column: number, depth: number): unknown => {
  const char = peek(cursor)
  if (isBracket(char)) {
    const value = readFlowLine(cursor, depth)
    return cursor.column > column ? undefined : value
  }
  const value = isQuote(char) ? readQuoted(cursor) : readPlain(cursor)
  return value !== undefined && endLine(cursor) && cursor.column <= column ? value : undefined
}

const readList = (cursor: Cursor, depth: number): unknown => {
  const { column } = cursor
  const list: Array<unknown> = []
  while (cursor.column === column && isDash(cursor)) {
    const value = readUnderDash(cursor, column, depth)
    if (value === undefined) return undefined
    list.push(value)
  }
  return list
}

const readUnderDash = (cursor: Cursor, column: number, depth: number): unknown => {
  const dash = cursor.at
  cursor.at++
  if (endLine(cursor)) return cursor.column > column ? readBlock(cursor, depth + 1) : null
  const start = cursor.at
  cursor.column = column + start - dash
  if (isDash(cursor)) return readBlock(cursor, depth + 1)
  const key = readKeyAndColon(cursor)
  if (key !== undefined) return readMap(cursor, cursor.column, depth + 1, key)
  cursor.at = start
  return readInline(cursor, column, depth)
}

/** A list or a map between brackets, and the rest of its line. */
const readFlowLine = (cursor: Cursor, depth: number): unknown => {
  const value = readFlow(cursor, depth, false)
  return value !== undefined && endLine(cursor) ? value : undefined
}
