import { type Comment, entriesOf } from '../read/comments.js'
import { type Document, readDocument } from '../read/read-document.js'
import { splitDocuments } from '../read/split.js'
import { type Splice, splice } from './splice.js'

export interface Annotated {
  readonly text: string
  /** How many comments are about fields that the text does not have. */
  readonly lost: number
}

const keyOf = (path: ReadonlyArray<string | number>): string => JSON.stringify(path)

/** What is written above, beside and below lines that begin at these offsets. */
type Lines = Map<number, { readonly above: Array<string>; readonly beside: Array<string> }>

const splicesOf = (
  { root = null, chunk }: Document,
  comments: ReadonlyArray<Comment>,
): { readonly splices: ReadonlyArray<Splice>; readonly lost: number } => {
  const { text, start } = chunk
  const offsets = new Map(entriesOf(root).map(({ path, offset }) => [keyOf(path), offset]))
  const lines: Lines = new Map()
  const below: Array<string> = []
  let lost = 0
  for (const { path, place, text: written } of comments) {
    const offset = path.length === 0 ? 0 : offsets.get(keyOf(path))
    if (offset === undefined) lost++
    else if (place === 'below') below.push(`${written}\n`)
    else {
      const line = text.lastIndexOf('\n', offset - 1) + 1
      const at = lines.get(line) ?? { above: [], beside: [] }
      lines.set(line, at)
      if (place === 'beside' && path.length > 0 && at.beside.length === 0) at.beside.push(` ${written}`)
      else at.above.push(`${' '.repeat(text.slice(line).search(/[^ ]/))}${written}\n`)
    }
  }
  const splices = [...lines]
    .sort(([a], [b]) => a - b)
    .flatMap(([line, { above, beside }]): ReadonlyArray<Splice> => {
      const lineEnd = text.indexOf('\n', line)
      const [from, to] = [start + line, start + (lineEnd === -1 ? text.length : lineEnd)]
      return [
        { from, to: from, text: above.join('') },
        { from: to, to, text: beside.join('') },
      ]
    })
  const last = start + text.length
  const end = text.endsWith('\n') || below.length === 0 ? below.join('') : `\n${below.join('').slice(0, -1)}`
  return { splices: [...splices, { from: last, to: last, text: end }], lost }
}

const documentsOf = (text: string): ReadonlyArray<Document> =>
  splitDocuments(text).chunks.map((chunk) => readDocument(chunk))

/** A text of `toYaml`, with the comments of each of its resources where their fields are. */
export const annotate = (printed: string, comments: ReadonlyArray<ReadonlyArray<Comment>>): Annotated => {
  const all = comments.reduce((sum, { length }) => sum + length, 0)
  if (all === 0) return { text: printed, lost: 0 }
  const documents = documentsOf(printed)
  const parts = documents.map((document, index) => splicesOf(document, comments[index] ?? []))
  const text = splice(
    printed,
    parts.flatMap(({ splices }) => splices),
  )
  const dataOf = (these: ReadonlyArray<Document>): string => JSON.stringify(these.map(({ value }) => value))
  // A comment is no data: where it would become some, there is none.
  if (dataOf(documentsOf(text)) !== dataOf(documents)) return { text: printed, lost: all }
  return { text, lost: parts.reduce((sum, { lost }) => sum + lost, 0) }
}
