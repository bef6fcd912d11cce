import type { Issue } from '../../error.js'
import { readDocument } from '../../yaml/read/read-document.js'
import { linesOf, locate } from '../../yaml/read/source-location.js'
import { splitDocuments } from '../../yaml/read/split.js'

/** A document of a text of YAML or JSON, whatever it is about. */
export interface TextDocument {
  readonly value: unknown
  /** What is wrong with it as YAML. */
  readonly problems: ReadonlyArray<Issue>
  /** An issue of its data, with line, column and excerpt. */
  readonly placed: (issue: Issue) => Issue
}

/** The documents of a text, each with the places in it. */
export const readDocuments = (text: string): ReadonlyArray<TextDocument> => {
  const lines = linesOf(text)
  const placedAt = (offset: number, issue: Issue): Issue => {
    const at = lines.position(offset)
    return { frame: lines.frame(at), ...issue, at }
  }
  return splitDocuments(text).chunks.map((chunk) => {
    const { value, root, problems } = readDocument(chunk)
    return {
      value,
      problems: problems.map(({ offset, ...problem }) =>
        placedAt(chunk.start + offset, { ...problem, path: [] }),
      ),
      placed: (issue) => {
        const part = issue.rule === 'unknown-key' ? 'key' : 'value'
        return placedAt(chunk.start + locate(root ?? null, issue.path, part), issue)
      },
    }
  })
}
