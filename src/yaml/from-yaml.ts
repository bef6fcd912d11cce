import * as E from 'fp-ts/lib/Either.js'
import { parseVersion } from '../check/version.js'
import { type Invalid, unlessIssues } from '../error.js'
import type { Resource } from '../model/resource.js'
import { type FromYamlOptions, gather } from './gather.js'
import { place } from './place.js'
import { readDocument, readQuickly } from './read-document.js'
import { splitDocuments } from './split.js'

export type { FromYamlOptions } from './gather.js'

/**
 * The resources of a YAML or JSON text, as calicoctl reads it: documents split at `---`, each a resource, a typed
 * list such as `NetworkPolicyList`, or a list of both; then decoded and checked.
 *
 * **Errors**: `Invalid` with all issues of all documents, each with line, column and an excerpt; at most the first
 * thousand. Stricter than calicoctl where a text says something else than it seems to: tags (`selector: !has(a)`),
 * equal keys, words that become other words (`yes: 1`), numbers for texts. `lenient` lets the last three pass.
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
  const lenient = options.lenient === true
  const { chunks, problems } = splitDocuments(text)
  const quick = chunks.map((chunk) => readQuickly(chunk, lenient))
  const { resources, findings } = gather(quick, options)
  const isSound = [problems, findings, ...quick.map((document) => document.problems)].every(isEmpty)
  if (isSound && !isEmpty(resources)) return E.right(resources)
  const placed = quick.map((document) =>
    document.root === undefined ? readDocument(document.chunk, lenient) : document,
  )
  return unlessIssues(place(text, problems, placed, gather(placed, options)), resources)
}

const isEmpty = (list: ReadonlyArray<unknown>): boolean => list.length === 0
