import type { Issue } from '../error.js'
import { type Lines, linesOf } from './frame.js'
import type { Finding, Found, Gathered } from './gather.js'
import { locate } from './locate.js'
import type { Problem } from './problem.js'
import type { Document } from './read-document.js'

interface Placed {
  readonly offset: number
  readonly issue: Issue
}

const noResources: Problem = {
  rule: 'no-resources',
  message: 'there is no resource in the text',
  hint: 'calicoctl takes an empty file only with --skip-empty',
  offset: 0,
}

const most = 1000

/** All that is wrong, in the order of the text. What sits where the syntax is at fault is but its echo. */
export const place = (
  text: string,
  problems: ReadonlyArray<Problem>,
  documents: ReadonlyArray<Document>,
  { found: resources, findings }: Gathered,
): ReadonlyArray<Issue> => {
  const faults = [...problems, ...documents.flatMap(problemsOf)]
  const broken = new Set(faults.map(({ offset, echo = offset }) => echo))
  const echoless = findings.map(placeFinding).filter(({ offset }) => !broken.has(offset))
  const found = [...faults.map(placeProblem), ...echoless].sort((a, b) => a.offset - b.offset)
  const isEmpty = found.length === 0 && resources.length === 0
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
