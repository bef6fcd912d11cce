import * as E from 'fp-ts/lib/Either.js'
import { checkVersion } from '../../check/check.js'
import { type Invalid, invalid, unlessIssues } from '../../error.js'
import { describeGiven } from '../../model/codec/issue.js'
import type { Resource } from '../../model/resource.js'
import { calicoctlReader, type FromYamlOptions, type Gathered, gather, type Reader } from './gather.js'
import { type Document, readDocument, readDocumentQuickly } from './read-document.js'
import { place } from './source-location.js'
import { splitDocuments } from './split.js'
import { templates } from './template.js'

/** The resources of a text with their places in it, and what was skipped. */
export type Reading = Pick<Gathered, 'found' | 'skipped'>

/** What types cannot see. */
const notText = (value: unknown): Invalid =>
  invalid([
    {
      rule: 'wrong-type',
      path: [],
      message: `expected a text of YAML or JSON, got ${describeGiven(value)}`,
      hint: 'read the file as text first; what is parsed already, `decodeAndCheck` takes',
    },
  ])

/** The text read with all places in it, or all issues with theirs. */
export const readPlaced = (text: string, reader: Reader): E.Either<Invalid, Reading> => {
  if (typeof text !== 'string') return E.left(notText(text))
  const { chunks, problems } = splitDocuments(text)
  const documents = chunks.map((chunk) => readDocument(chunk, reader))
  const gathered = gather(documents, reader)
  const issues = place(text, problems, documents, gathered)
  const [template] = issues.length === 0 ? [] : templates(text)
  return unlessIssues(template === undefined ? issues : [template], gathered)
}

/** The text read at the pace that most texts allow: places may not be known. */
export const readText = (text: string, reader: Reader): E.Either<Invalid, Reading> =>
  (typeof text === 'string' ? readQuickly(text, reader) : undefined) ?? readPlaced(text, reader)

export type { FromYamlOptions } from './gather.js'

/**
 * The resources of a YAML or JSON text, as calicoctl reads it: documents split at `---`, each a resource, a typed
 * list such as `NetworkPolicyList`, or a list of both; then decoded and checked.
 *
 * **Errors**: `Invalid` with all issues of all documents, each with line, column and an excerpt; at most the first
 * thousand. Stricter than calicoctl where a text says something else than it seems to: tags (`selector: !has(a)`),
 * equal keys, words that become other words (`yes: 1`), numbers for texts. `lenient` lets the last three pass, equal
 * keys only up to Calico 3.31: later ones refuse them.
 *
 * **Source**: `calicoctl/calicoctl/resourcemgr/resourcemgr.go`, `gopkg.in/yaml.v2`.
 *
 * @example
 * fromYaml('apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: yes\n')
 * // => Left: line 4, column 9: expected a string, got true [wrong-type]
 */
export const fromYaml = (
  text: string,
  options: FromYamlOptions = {},
): E.Either<Invalid, ReadonlyArray<Resource>> => {
  const version = checkVersion(options)
  if (E.isLeft(version)) return version
  return E.map(resourcesOf)(readText(text, calicoctlReader(options)))
}

const resourcesOf = ({ found }: Reading): ReadonlyArray<Resource> => found.map(({ resource }) => resource)

/** A text that has nothing wrong and nothing unusual. */
const readQuickly = (text: string, reader: Reader): E.Either<never, Reading> | undefined => {
  const { chunks, problems } = splitDocuments(text)
  if (problems.length > 0) return undefined
  const documents = chunks.map((chunk) => readDocumentQuickly(chunk, reader))
  const gathered = gather(documents, reader)
  const isSound = (document: Document): boolean =>
    document.problems.length === 0 || gathered.skippedDocuments.has(document)
  const isEmpty = gathered.found.length + gathered.skipped.length === 0
  return gathered.findings.length === 0 && documents.every(isSound) && !isEmpty
    ? E.right(gathered)
    : undefined
}
