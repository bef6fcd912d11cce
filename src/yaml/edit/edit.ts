import * as E from 'fp-ts/lib/Either.js'
import { isCollection } from 'yaml'
import type { Invalid } from '../../error.js'
import { codecs, type Resource } from '../../model/resource.js'
import { toJson } from '../print/json.js'
import { toYaml } from '../print/print.js'
import { fromYaml, type Reading, readPlaced } from '../read/from-yaml.js'
import { calicoctlReader, type Found, type FromYamlOptions } from '../read/gather.js'
import type { Document } from '../read/read-document.js'
import { nodeAt } from '../read/source-location.js'
import { patch } from './patch.js'
import { type Splice, splice } from './splice.js'

/**
 * The text with each resource replaced by what `change` makes of it. Only what changes is written anew: comments,
 * empty lines, quotes and the order of keys stay as they are everywhere else.
 *
 * **Errors**: `Invalid`, as `fromYaml` has it: about the text, or about the text as edited.
 *
 * @example
 * const text = `${toYaml(networkPolicy('a', 'shop'))} # done\n`
 * editYaml(text, (resource) =>
 *   resource.kind === 'NetworkPolicy' ? { ...resource, spec: { order: 1 } } : resource,
 * ) // => Right, with "order: 1" and the comment
 */
export const editYaml = (
  text: string,
  change: (resource: Resource) => Resource,
  options: FromYamlOptions = {},
): E.Either<Invalid, string> =>
  E.chain(({ found }: Reading) => {
    const edits = found.map((one) => ({ ...one, next: change(one.resource) }))
    const wanted = fromYaml(toYaml(...edits.map(({ next }) => next)), options)
    const small = splice(text, splicesOf(edits, patchDocument))
    const read = fromYaml(small, options)
    if (E.isLeft(wanted)) return E.isLeft(read) ? read : wanted
    // An alias repeats what is edited elsewhere: then a small edit does more than it should.
    const isWanted = E.isRight(read) && toYaml(...read.right) === toYaml(...wanted.right)
    return E.right(isWanted ? small : splice(text, splicesOf(edits, rewriteDocument)))
  })(readPlaced(text, calicoctlReader(options)))

interface Edit extends Found {
  readonly next: Resource
}

type EditDocument = (document: Document, edits: ReadonlyArray<Edit>) => ReadonlyArray<Splice>

const splicesOf = (edits: ReadonlyArray<Edit>, edit: EditDocument): ReadonlyArray<Splice> =>
  [...new Set(edits.map(({ document }) => document))].flatMap((document) =>
    edit(
      document,
      edits.filter((one) => one.document === document),
    ).map(({ from, to, text }) => ({
      from: from + document.chunk.start,
      to: to + document.chunk.start,
      text,
    })),
  )

const patchDocument: EditDocument = (document, edits) => {
  const { root = null, chunk } = document
  const parts = edits.map(({ path, resource, next }) =>
    patch({
      text: chunk.text,
      node: nodeAt(root, path),
      schema: codecs[resource.kind].schema,
      old: resource,
      next,
    }),
  )
  const splices = parts.flatMap((part) => part ?? [])
  return parts.includes(undefined) ? rewriteDocument(document, edits) : splices
}

/** The document as it would be printed anew, as YAML or JSON. */
const rewriteDocument: EditDocument = ({ root, chunk: { text } }, edits) => {
  const isJson = isCollection(root) && root.flow === true
  const print = isJson ? toJson : toYaml
  const printed = print(...edits.map(({ next }) => next))
  return [{ from: 0, to: text.length, text: text.endsWith('\n') ? printed : printed.trimEnd() }]
}
