import type { ParsedNode } from 'yaml'

/** A part of a text, and what comes in its place. */
export interface Splice {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** The text with all of them made. They do not overlap; those at one place go in their order. */
export const splice = (text: string, splices: ReadonlyArray<Splice>): string => {
  let out = ''
  let at = 0
  for (const { from, to, text: inserted } of [...splices].sort((a, b) => a.from - b.from || a.to - b.to)) {
    out += text.slice(at, from) + inserted
    at = to
  }
  return out + text.slice(at)
}

export const startOfLine = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

/** Behind the last character of a node's data; where the node is empty, at `otherwise`. */
export const endOfNode = (text: string, node: ParsedNode | null, otherwise: number): number => {
  if (node === null || node.range[0] === node.range[1]) return otherwise
  return node.range[0] + text.slice(node.range[0], node.range[1]).trimEnd().length
}

const endOfLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

/** Where the line ends in which a node ends; some nodes end behind their last line break. */
export const lastLineOf = (text: string, end: number): number =>
  text[end - 1] === '\n' ? end - 1 : endOfLine(text, end)

/** A line break, and spaces up to the place in its line. */
export const newlineAt = (text: string, at: number): string => `\n${' '.repeat(at - startOfLine(text, at))}`
