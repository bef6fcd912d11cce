/** A place in a text that is read from its beginning to its end. */
export interface Cursor {
  readonly text: string
  at: number
  /** Of the first character in the line; -1 at the end of the text. */
  column: number
}

export const Char = {
  end: -1,
  newline: 10,
  space: 32,
  doubleQuote: 34,
  hash: 35,
  singleQuote: 39,
  comma: 44,
  dash: 45,
  colon: 58,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  closeBrace: 125,
} as const

/** The character code; at the end of the text -1, as engines like small integers better than NaN. */
export const peek = ({ text, at }: Cursor, ahead = 0): number =>
  at + ahead < text.length ? text.charCodeAt(at + ahead) : Char.end

/** Whether the character ends a word: a space, a line break or the end of the text. */
export const isBlank = (char: number): boolean =>
  char === Char.space || char === Char.newline || char === Char.end

const skipSpaces = (cursor: Cursor): void => {
  while (peek(cursor) === Char.space) cursor.at++
}

const skipLine = (cursor: Cursor): void => {
  if (peek(cursor) === Char.newline) {
    cursor.at++
    return
  }
  const end = cursor.text.indexOf('\n', cursor.at)
  cursor.at = end === -1 ? cursor.text.length : end + 1
}

/** From the beginning of a line to the first character of data. */
export const toNextData = (cursor: Cursor): void => {
  while (cursor.at < cursor.text.length) {
    const start = cursor.at
    skipSpaces(cursor)
    const char = peek(cursor)
    if (char !== Char.newline && char !== Char.hash && char !== Char.end) {
      cursor.column = cursor.at - start
      return
    }
    skipLine(cursor)
  }
  cursor.column = -1
}

/** Over spaces, and over the rest of the line if it has no data: then, whether it has none. */
export const endLine = (cursor: Cursor): boolean => {
  const start = cursor.at
  skipSpaces(cursor)
  const char = peek(cursor)
  if (!isBlank(char) && (char !== Char.hash || cursor.at === start)) return false
  skipLine(cursor)
  toNextData(cursor)
  return true
}
