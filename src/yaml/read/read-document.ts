import type { ParsedNode } from 'yaml'
import { compose } from './compose.js'
import { construct } from './construct.js'
import { readFast } from './fast.js'
import { type Leniency, type Problem, strict } from './problem.js'
import type { Chunk } from './split.js'

/** A document's data, and what is known of the places in it. */
export interface Document {
  readonly chunk: Chunk
  readonly value: unknown
  /** Undefined where the places are not known. */
  readonly root: ParsedNode | null | undefined
  readonly problems: ReadonlyArray<Problem>
}

/** A document with all its places and faults. */
export const readDocument = (chunk: Chunk, leniency: Leniency = strict): Document => {
  // Where lines end with two characters, the split leaves the first of the last line, which is a line break, too.
  const text = chunk.text.replace(/\r$/, '\n')
  const composed = compose(text)
  if (!('root' in composed)) return { chunk, value: undefined, root: null, problems: [composed] }
  const { root } = composed
  return { chunk, root, ...construct(root, text, leniency) }
}

/** A document at the pace of most of them; its places may not be known, and then it has no faults. */
export const readDocumentQuickly = (chunk: Chunk, leniency: Leniency = strict): Document => {
  const value = readFast(chunk.text)
  return value === undefined ? readDocument(chunk, leniency) : { chunk, value, root: undefined, problems: [] }
}
