import * as E from 'fp-ts/lib/Either.js'
import { type CheckOptions, check } from '../../check/check.js'
import { laterKeys } from '../../check/engine/since.js'
import { type Invalid, type Issue, type Path, unlessIssues } from '../../error.js'
import { decode, type Resource } from '../../model/resource.js'
import { nameOf, printUnread } from '../../model/resource-id.js'
import type { Document } from './read-document.js'
import { type Item, unpack } from './unpack.js'

export interface FromYamlOptions extends CheckOptions {
  /** Whether to be as forgiving as calicoctl: keys in any case, numbers for texts, and, up to Calico 3.31, the last of equal keys. */
  readonly lenient?: boolean
}

/** An issue, and the way to its place: from the root of which document. */
export interface Finding {
  readonly document: Document
  readonly path: Path
  readonly issue: Issue
}

/** A resource, and the way to it: from the root of which document. */
export interface Found {
  readonly document: Document
  readonly path: Path
  readonly resource: Resource
}

export interface Gathered {
  readonly found: ReadonlyArray<Found>
  readonly findings: ReadonlyArray<Finding>
}

/** In a list without a kind, calicoctl does not know where text belongs: there, only keys are forgiven. */
const read = ({ value, path }: Item, options: FromYamlOptions): E.Either<Invalid, Resource> => {
  const lenient = options.lenient === true && (typeof path[0] === 'number' ? 'keys' : true)
  const decoded = decode(value, { lenient })
  if (E.isLeft(decoded)) return decoded
  const checked = check(decoded.right, options)
  // What is taken as it stands has no null in it.
  if (E.isLeft(checked) || decoded.right === value) return checked
  return unlessIssues(laterKeys(decoded.right, value, options.calico), decoded.right)
}

/** In calicoctl's words: the second `create` of a name fails, the second `apply` undoes the first. */
const twice = (resource: string): Issue => ({
  rule: 'duplicate-resource',
  path: ['metadata', 'name'],
  message: `${resource} is there twice`,
  hint: 'rename one, or remove it',
})

/** The resources of the documents, and all that is wrong with any of them. */
export const gather = (documents: Iterable<Document>, options: FromYamlOptions): Gathered => {
  const found: Array<Found> = []
  const findings: Array<Finding> = []
  const seen = new Set<string>()
  for (const document of documents) {
    const { items, issues } = unpack(document.value, options.lenient === true)
    for (const issue of issues) findings.push({ document, path: issue.path, issue })
    for (const item of items) {
      const { path, value } = item
      const report = (issue: Issue, resource = printUnread(value)): void => {
        const named = resource === undefined ? issue : { ...issue, resource }
        findings.push({ document, path: [...path, ...issue.path], issue: named })
      }
      const resource = read(item, options)
      if (E.isLeft(resource)) {
        for (const issue of resource.left.issues) report(issue)
        continue
      }
      found.push({ document, path, resource: resource.right })
      const name = nameOf(resource.right)
      if (seen.has(name)) report(twice(name), name)
      seen.add(name)
    }
  }
  return { found, findings }
}
