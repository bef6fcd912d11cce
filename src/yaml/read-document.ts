import type { ParsedNode } from 'yaml'
import { compose } from './compose.js'
import { construct } from './construct.js'
import type { Problem } from './problem.js'
import type { Chunk } from './split.js'

/** A document's data, and what is known of the places in it. */
export interface Document {
  readonly chunk: Chunk
  readonly value: unknown
  readonly root: ParsedNode | null
  readonly problems: ReadonlyArray<Problem>
}

/** A document, read with the care that places in it take. */
export const readDocument = (chunk: Chunk, lenient: boolean): Document => {
  const composed = compose(chunk.text)
  if (!('root' in composed)) return { chunk, value: undefined, root: null, problems: [composed] }
  const { root } = composed
  return { chunk, root, ...construct(root, chunk.text, lenient) }
}
