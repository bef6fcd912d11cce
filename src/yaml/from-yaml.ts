import * as E from 'fp-ts/lib/Either.js'
import { parseVersion } from '../check/version.js'
import { type Invalid, type Issue, unlessIssues } from '../error.js'
import type { Resource } from '../model/resource.js'
import { type Lines, linesOf } from './frame.js'
import { type Finding, type FromYamlOptions, gather } from './gather.js'
import { locate } from './locate.js'
import type { Problem } from './problem.js'
import { type Document, readDocument } from './read-document.js'
import { splitDocuments } from './split.js'

export type { FromYamlOptions } from './gather.js'

/**
 * The resources of a YAML or JSON text, as calicoctl reads it: documents split at `---`, each a resource, a typed
 * list such as `NetworkPolicyList`, or a list of both; then decoded and checked.
 *
 * **Errors**: `Invalid` with all issues of all documents, each with line, column and an excerpt. Stricter than
 * calicoctl where YAML says something else than it seems to: tags (`selector: !has(a)`), equal keys, words that
 * become other words (`yes: 1`). With `lenient`, numbers pass for texts, and of equal keys the last counts.
 *
 * **Source**: `calicoctl/calicoctl/resourcemgr/resourcemgr.go`, `gopkg.in/yaml.v2`.
 *
 * @example
 * fromYaml('kind: NetworkPolicy\nspec: {tiers: a}\n') // => Left: apiVersion, metadata, and spec.tiers at 2:8
 */
export const fromYaml = (
  text: string,
  options: FromYamlOptions = {},
): E.Either<Invalid, ReadonlyArray<Resource>> => {
  const version = options.calico === undefined ? E.right(undefined) : parseVersion(options.calico)
  if (E.isLeft(version)) return version
  const { chunks, problems } = splitDocuments(text)
  const documents = chunks.map((chunk) => readDocument(chunk, options.lenient === true))
  const { resources, findings } = gather(documents, options)
  const faults = [...problems, ...documents.flatMap(problemsOf)]
  if (faults.length === 0 && findings.length === 0 && resources.length > 0) return E.right(resources)
  return unlessIssues(place(text, faults, findings), resources)
}

interface Placed {
  readonly offset: number
  readonly issue: Issue
}

const none: Problem = {
  rule: 'no-resources',
  message: 'there is no resource in the text',
  hint: 'calicoctl takes an empty file only with --skip-empty',
  offset: 0,
}

const most = 1000

/** The issues in the order of their places. What sits where the syntax is at fault is but its echo. */
const place = (
  text: string,
  faults: ReadonlyArray<Problem>,
  findings: ReadonlyArray<Finding>,
): ReadonlyArray<Issue> => {
  const lines = linesOf(text)
  const broken = new Set(faults.map(({ offset }) => offset))
  const placed = findings.map(placeFinding).filter(({ offset }) => !broken.has(offset))
  const sorted = [...faults.map(placeProblem), ...placed].sort((a, b) => a.offset - b.offset)
  return (sorted.length === 0 ? [placeProblem(none)] : sorted)
    .slice(0, most)
    .map((one) => withFrame(one, lines))
}

const problemsOf = ({ problems, chunk }: Document): ReadonlyArray<Problem> =>
  problems.map((problem) => ({ ...problem, offset: problem.offset + chunk.start }))

const placeProblem = ({ offset, ...issue }: Problem): Placed => ({ offset, issue: { ...issue, path: [] } })

const placeFinding = ({ document: { root, chunk }, path, issue }: Finding): Placed => ({
  offset: chunk.start + locate(root, path, issue.rule === 'unknown-key' ? 'key' : 'value'),
  issue,
})

/** An issue with an excerpt of its own, such as a selector's, shows more with that. */
const withFrame = ({ offset, issue }: Placed, lines: Lines): Issue => {
  const at = lines.position(offset)
  return { frame: lines.frame(at), ...issue, at }
}
