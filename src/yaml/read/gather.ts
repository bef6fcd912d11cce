import * as E from 'fp-ts/lib/Either.js'
import { type CheckOptions, checkVersion } from '../../check/check.js'
import { duplicates } from '../../check/check-list.js'
import { decodeAndCheck } from '../../check/decode-and-check.js'
import { laterKeys } from '../../check/engine/since.js'
import { type Invalid, type Issue, type Path, unlessIssues } from '../../error.js'
import { release } from '../../model/calico-version.js'
import type { Resource } from '../../model/resource.js'
import { printUnread } from '../../model/resource-id.js'
import type { Leniency } from './problem.js'
import type { Document } from './read-document.js'
import { type Item, type ListReading, unpack } from './unpack.js'

/** How a text is read, and what its resources are then checked for. */
export interface FromYamlOptions extends CheckOptions {
  /** Whether to be as forgiving as calicoctl: keys in any case, numbers for texts, and, up to Calico 3.31, the last of equal keys. */
  readonly lenient?: boolean
}

/** Who reads a text, and makes resources of what is in it. */
export interface Reader extends ListReading, Leniency {
  /** Undefined where the item is no concern of the reader's, and is skipped. */
  readonly read: (item: Item) => E.Either<Invalid, Resource> | undefined
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
  /** Documents that hold nothing but what the reader skipped: how they are written is no concern of its either. */
  readonly skippedDocuments: ReadonlySet<Document>
  readonly skipped: ReadonlyArray<unknown>
}

/** In a list without a kind, calicoctl does not know where text belongs: there, only keys are forgiven. */
const read = ({ value, path }: Item, options: FromYamlOptions): E.Either<Invalid, Resource> => {
  const lenient = options.lenient === true && (typeof path[0] === 'number' ? 'keys' : true)
  const read = decodeAndCheck(value, { ...options, lenient })
  // What is taken as it stands has no null in it.
  if (E.isLeft(read) || read.right === value) return read
  return unlessIssues(laterKeys(read.right, value, options.calico), read.right)
}

const withoutEqualKeys = release('3.32')

/** Up to 3.31 calicoctl takes the last of equal keys. */
const takesEqualKeys = (options: FromYamlOptions): boolean => {
  const version = checkVersion(options)
  return options.calico === 'any' || (E.isRight(version) && version.right < withoutEqualKeys)
}

/** Reads what calicoctl reads. */
export const calicoctlReader = (options: FromYamlOptions): Reader => ({
  lenient: options.lenient === true,
  equalKeys: options.lenient === true && takesEqualKeys(options),
  lists: 'typed',
  read: (item) => read(item, options),
})

/** The resources of the documents, and all that is wrong with any of them. */
export const gather = (documents: Iterable<Document>, reader: Reader): Gathered => {
  const found: Array<Found> = []
  const findings: Array<Finding> = []
  const skipped: Array<unknown> = []
  const skippedDocuments = new Set<Document>()
  for (const document of documents) {
    const { items, issues } = unpack(document.value, reader)
    for (const issue of issues) findings.push({ document, path: issue.path, issue })
    const skippedBefore = skipped.length
    for (const item of items) {
      const { path, value } = item
      const resource = reader.read(item)
      if (resource === undefined) skipped.push(value)
      else if (E.isRight(resource)) found.push({ document, path, resource: resource.right })
      else {
        const name = printUnread(value)
        for (const issue of resource.left.issues) {
          const named = name === undefined ? issue : { ...issue, resource: name }
          findings.push({ document, path: [...path, ...issue.path], issue: named })
        }
      }
    }
    if (items.length > 0 && skipped.length - skippedBefore === items.length) skippedDocuments.add(document)
  }
  const twice = duplicates(found.map(({ resource }) => resource)).flatMap(({ index, issue }) => {
    const { document, path } = found[index] as Found
    return [{ document, path: [...path, ...issue.path], issue }]
  })
  return { found, findings: [...findings, ...twice], skipped, skippedDocuments }
}
