import { CST, isMap, isScalar, isSeq, Lexer, type ParsedNode } from 'yaml'
import type { Path } from '../../error.js'
import type { Found } from './gather.js'
import type { Document } from './read-document.js'
import { type Chunk, splitDocuments } from './split.js'

/** A comment, and what of a resource it is about. */
export interface Comment {
  /** The field or the item; empty for the resource. */
  readonly path: Path
  /** On a line of its own, at the end of the field's line, or after all of the resource. */
  readonly place: 'above' | 'beside' | 'below'
  /** As it was written, with its `#`. */
  readonly text: string
}

export interface Comments {
  /** Those of each resource that was found, in their order. */
  readonly each: ReadonlyArray<ReadonlyArray<Comment>>
  /** How many are about nothing that was found. */
  readonly lost: number
}

interface Token {
  readonly offset: number
  readonly text: string
}

/** The comments of a text: a `#` in quotes or in a block of text begins none. */
const tokensOf = (text: string): ReadonlyArray<Token> => {
  if (!text.includes('#')) return []
  const found: Array<Token> = []
  let offset = 0
  let isContent = false
  for (const token of new Lexer().lex(text)) {
    if (token === CST.SCALAR) isContent = true
    else if (token !== CST.DOCUMENT && token !== CST.FLOW_END) {
      if (!isContent && token.startsWith('#')) found.push({ offset, text: token.trimEnd() })
      isContent = false
      offset += token.length
    }
  }
  return found
}

/** A field or an item, and where its key, or the item, begins. */
export interface Entry {
  readonly path: Path
  readonly offset: number
}

/** All fields and items, in the order of the text. */
export const entriesOf = (node: ParsedNode | null, path: Path = []): ReadonlyArray<Entry> => {
  if (isMap(node))
    return node.items.flatMap(({ key, value }) => {
      if (!isScalar(key)) return []
      const at = [...path, key.source ?? '']
      return [{ path: at, offset: key.range[0] }, ...entriesOf(value, at)]
    })
  if (!isSeq(node)) return []
  return node.items.flatMap((item, index) => {
    const at = [...path, index]
    return [{ path: at, offset: item.range[0] }, ...entriesOf(item, at)]
  })
}

/** What each comment of a document is about: the field in its line, or else the one that follows. */
const commentsIn = ({ root = null, chunk: { text } }: Document): ReadonlyArray<Comment> => {
  const entries = entriesOf(root)
  let next = 0
  return tokensOf(text).map(({ offset, text: written }) => {
    while ((entries[next]?.offset ?? Number.POSITIVE_INFINITY) < offset) next++
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1
    let first = next
    while (first > 0 && (entries[first - 1]?.offset ?? -1) >= lineStart) first--
    // Where an item begins with a key, the comment is about the field, not the item.
    while (first + 1 < next && entries[first]?.offset === entries[first + 1]?.offset) first++
    const beside = first < next ? entries[first] : undefined
    if (beside !== undefined) return { path: beside.path, place: 'beside', text: written }
    const below = entries[next]
    if (below === undefined) return { path: [], place: 'below', text: written }
    return { path: next === 0 ? [] : below.path, place: 'above', text: written }
  })
}

const isWithin = (path: Path, other: Path): boolean => other.every((key, index) => path[index] === key)

const hasNothingElse = ({ text }: Chunk): boolean => /^(?:[ \t\r]*(?:#.*)?(?:\n|$))*$/.test(text)

/**
 * The comments of a text, by the resources that were found in it. One between two documents, or in a document with
 * nothing else, is about the resource that follows.
 */
export const commentsOf = (text: string, found: ReadonlyArray<Found>): Comments => {
  const each = found.map(() => [] as Array<Comment>)
  let lost = 0
  let waiting: Array<Comment> = []
  let end = 0
  const { chunks } = splitDocuments(text)
  for (const chunk of chunks) {
    const above = (token: Token): Comment => ({ path: [], place: 'above', text: token.text })
    waiting.push(...tokensOf(text.slice(end, chunk.start).replace(/^\n?---/, '   ')).map(above))
    end = chunk.start + chunk.text.length
    const here = found.flatMap(({ document, path }, index) =>
      document.chunk.start === chunk.start ? [{ document, path, index }] : [],
    )
    const [first] = here
    if (first === undefined) {
      const tokens = tokensOf(chunk.text)
      if (hasNothingElse(chunk)) waiting.push(...tokens.map(above))
      else {
        lost += tokens.length + waiting.length
        waiting = []
      }
      continue
    }
    each[first.index]?.push(...waiting)
    waiting = []
    for (const comment of commentsIn(first.document)) {
      const whose =
        comment.place === 'below' ? here.at(-1) : here.find(({ path }) => isWithin(comment.path, path))
      // What is said of a list is said of the first in it; what is said of a skipped item, of nothing here.
      const isOfList = comment.path.every((key) => typeof key === 'string')
      if (whose !== undefined)
        each[whose.index]?.push({ ...comment, path: comment.path.slice(whose.path.length) })
      else if (isOfList) each[first.index]?.push({ ...comment, path: [], place: 'above' })
      else lost++
    }
  }
  const last = each.at(-1)
  if (last === undefined) lost += waiting.length
  else last.push(...waiting.map((comment): Comment => ({ ...comment, place: 'below' })))
  return { each, lost }
}
