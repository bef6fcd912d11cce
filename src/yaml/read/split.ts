import type { Problem } from './problem.js'

/** One document of a text, and where it begins there. */
export interface Chunk {
  readonly text: string
  readonly start: number
}

/** **Source**: `calicoctl/calicoctl/util/yaml/separator.go`, maxDocumentLength. */
const maxBytes = 10 * 1024 * 1024

const bytes = (text: string): number =>
  text.length * 3 < maxBytes ? text.length : new TextEncoder().encode(text).length

const isTooLong = (chunk: Chunk): boolean => bytes(chunk.text) >= maxBytes

const tooLong = (chunk: Chunk): Problem => ({
  rule: 'document-too-long',
  message: 'calicoctl refuses a document of more than 10 MB',
  hint: 'put "---" between the resources',
  offset: chunk.start,
})

/** calicoctl skips the rest of the line, whatever it is; without a line break, it skips the document before, too. */
const marker = (rest: string, offset: number, ended: boolean): ReadonlyArray<Problem> => {
  if (!/^[ \t\r]*(?:#.*)?$/.test(rest)) {
    return [
      {
        rule: 'text-after-separator',
        message: 'calicoctl ignores what follows "---" on the same line',
        hint: 'put it on a line of its own, or indent it if it is part of a block of text',
        offset,
      },
    ]
  }
  return ended || rest === ''
    ? []
    : [
        {
          rule: 'separator-not-ended',
          message: 'calicoctl drops the document before a last line like this',
          hint: 'end the line with a line break, or remove it',
          offset,
        },
      ]
}

/**
 * The documents as calicoctl splits them: at every line that begins with `---`, before it reads any YAML. One that is
 * too long is refused by its size, and not among them: reading it would take seconds and gigabytes.
 *
 * **Source**: `calicoctl/calicoctl/util/yaml/separator.go`.
 */
export const splitDocuments = (
  text: string,
): { readonly chunks: ReadonlyArray<Chunk>; readonly problems: ReadonlyArray<Problem> } => {
  const chunks: Array<Chunk> = []
  const problems: Array<Problem> = []
  let start = 0
  for (let at = text.indexOf('\n---'); at !== -1; at = text.indexOf('\n---', start)) {
    chunks.push({ text: text.slice(start, at), start })
    const lineBreak = text.indexOf('\n', at + 4)
    const end = lineBreak === -1 ? text.length : lineBreak
    problems.push(...marker(text.slice(at + 4, end), at + 1, lineBreak !== -1))
    start = Math.min(end + 1, text.length)
  }
  chunks.push({ text: text.slice(start), start })
  const long = chunks.filter(isTooLong)
  return {
    chunks: chunks.filter((chunk) => !long.includes(chunk)),
    problems: [...problems, ...long.map(tooLong)],
  }
}
