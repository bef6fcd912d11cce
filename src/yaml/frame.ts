import type { Position } from '../error.js'
import { frame } from '../selector/fault.js'

/** Finds the places of a text by line and column, and draws them. */
export interface Lines {
  readonly position: (offset: number) => Position
  /** The line, or the part of it that fits, with a caret below the place. */
  readonly frame: (at: Position) => string
}

export const linesOf = (text: string): Lines => {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const position = (offset: number): Position => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
  const draw = ({ line, column }: Position): string => {
    const start = starts[line - 1] ?? 0
    const [shown = '', caret = ''] = frame(
      text.slice(start, (starts[line] ?? text.length + 1) - 1),
      column - 1,
    ).split('\n')
    return `${line} | ${shown}\n${' '.repeat(String(line).length)} | ${caret}`
  }
  return { position, frame: draw }
}
