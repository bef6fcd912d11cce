import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml'
import type { Issue, Path, Position } from '../../error.js'
import { codeFrame } from '../../selector/code-frame.js'
import type { Finding, Found, Gathered } from './gather.js'
import type { Problem } from './problem.js'
import type { Document } from './read-document.js'

interface Place {
  readonly key: ParsedNode | undefined
  readonly value: ParsedNode | null
}

const step = (node: ParsedNode | null, name: string | number): Place | undefined => {
  if (isMap(node)) {
    // Where a key is there twice, the last one counts.
    const pair = node.items.findLast(({ key }) => isScalar(key) && key.source === String(name))
    return pair && { key: pair.key, value: pair.value }
  }
  const item = isSeq(node) ? node.items[Number(name)] : undefined
  return item && { key: undefined, value: item }
}

const isEmpty = ({ range: [start, end] }: ParsedNode): boolean => start === end

const walk = (root: ParsedNode | null, path: Path): { readonly place: Place; readonly isThere: boolean } => {
  let place: Place = { key: undefined, value: root }
  for (const name of path) {
    const next = step(place.value, name)
    if (next === undefined) return { place, isThere: false }
    place = next
  }
  return { place, isThere: true }
}

/** The node that the path leads to. */
export const nodeAt = (root: ParsedNode | null, path: Path): ParsedNode | null => {
  const { place, isThere } = walk(root, path)
  return isThere ? place.value : null
}

/** The offset of what the path leads to: of its key, or of its value. Where the path ends early, as far as it leads. */
export const locate = (root: ParsedNode | null, path: Path, part: 'key' | 'value'): number => {
  const { key, value } = walk(root, path).place
  const node = key !== undefined && (part === 'key' || value === null || isEmpty(value)) ? key : value
  return node?.range[0] ?? 0
}

interface Placed {
  readonly offset: number
  readonly issue: Issue
}

const noResources: Problem = {
  rule: 'no-resources',
  message: 'the text contains no resource',
  hint: 'write at least one resource; calicoctl accepts an empty file only with --skip-empty',
  offset: 0,
}

const most = 1000

/** All that is wrong, in the order of the text. What sits where the syntax is at fault is but its echo. */
export const place = (
  text: string,
  problems: ReadonlyArray<Problem>,
  documents: ReadonlyArray<Document>,
  { found: resources, findings, skipped, skippedDocuments }: Gathered,
): ReadonlyArray<Issue> => {
  const ours = documents.filter((document) => !skippedDocuments.has(document))
  const faults = [...problems, ...ours.flatMap(problemsOf)]
  const broken = new Set(faults.map(({ offset, echo = offset }) => echo))
  const echoless = findings.map(placeFinding).filter(({ offset }) => !broken.has(offset))
  const found = [...faults.map(placeProblem), ...echoless].sort((a, b) => a.offset - b.offset)
  const isEmpty = found.length === 0 && resources.length + skipped.length === 0
  const lines = linesOf(text)
  return (isEmpty ? [placeProblem(noResources)] : found).slice(0, most).map((one) => withFrame(one, lines))
}

const problemsOf = ({ problems, chunk }: Document): ReadonlyArray<Problem> =>
  problems.map(({ offset, echo = offset, ...problem }) => ({
    ...problem,
    offset: offset + chunk.start,
    echo: echo + chunk.start,
  }))

const placeProblem = ({ offset, echo: _, ...issue }: Problem): Placed => ({
  offset,
  issue: { ...issue, path: [] },
})

const placeFinding = ({ document: { root = null, chunk }, path, issue }: Finding): Placed => ({
  offset: chunk.start + locate(root, path, issue.rule === 'unknown-key' ? 'key' : 'value'),
  issue,
})

/** An issue with an excerpt of its own, such as a selector's, shows more with that. */
const withFrame = ({ offset, issue }: Placed, lines: Lines): Issue => {
  const at = lines.position(offset)
  return { frame: lines.frame(at), ...issue, at }
}

/** Gives an issue of a resource its line, column and excerpt in the text that the resource was read from. */
export const placeIn = (text: string): ((found: Found, issue: Issue) => Issue) => {
  const lines = linesOf(text)
  return ({ document, path }, issue) =>
    withFrame(placeFinding({ document, path: [...path, ...issue.path], issue }), lines)
}

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
    const [shown = '', caret = ''] = codeFrame(
      text.slice(start, (starts[line] ?? text.length + 1) - 1),
      column - 1,
    ).split('\n')
    return `${line} | ${shown}\n${' '.repeat(String(line).length)} | ${caret}`
  }
  return { position, frame: draw }
}
