import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, unlessIssues } from '../../error.js'
import { newest, parseVersion, release } from '../../model/calico-version.js'
import type { Resource } from '../../model/resource.js'
import { type Found, type FromYamlOptions, gather } from './gather.js'
import type { Leniency } from './problem.js'
import { readDocument, readDocumentQuickly } from './read-document.js'
import { place } from './source-location.js'
import { splitDocuments } from './split.js'

const firstWithoutEqualKeys = release('3.32')

/** Up to 3.31 calicoctl takes the last of equal keys. */
const leniencyOf = ({ lenient = false, calico }: FromYamlOptions): Leniency => {
  const version = calico === undefined ? E.right(newest) : parseVersion(calico)
  return { lenient, equalKeys: lenient && E.isRight(version) && version.right < firstWithoutEqualKeys }
}

/** The resources of a text with their places in it, or all issues with theirs. */
export const readPlaced = (
  text: string,
  options: FromYamlOptions,
): E.Either<Invalid, ReadonlyArray<Found>> => {
  const { chunks, problems } = splitDocuments(text)
  const documents = chunks.map((chunk) => readDocument(chunk, leniencyOf(options)))
  const gathered = gather(documents, options)
  return unlessIssues(place(text, problems, documents, gathered), gathered.found)
}

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
  const version = options.calico === undefined ? undefined : parseVersion(options.calico)
  if (version !== undefined && E.isLeft(version)) return version
  return E.map(resourcesOf)(readQuickly(text, options) ?? readPlaced(text, options))
}

const resourcesOf = (found: ReadonlyArray<Found>): ReadonlyArray<Resource> =>
  found.map(({ resource }) => resource)

/** The resources of a text that has nothing wrong and nothing unusual. */
const readQuickly = (
  text: string,
  options: FromYamlOptions,
): E.Either<never, ReadonlyArray<Found>> | undefined => {
  const { chunks, problems } = splitDocuments(text)
  if (problems.length > 0) return undefined
  const documents = chunks.map((chunk) => readDocumentQuickly(chunk, leniencyOf(options)))
  const { found, findings } = gather(documents, options)
  const isSound = findings.length === 0 && documents.every((document) => document.problems.length === 0)
  return isSound && found.length > 0 ? E.right(found) : undefined
}
