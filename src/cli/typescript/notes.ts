import type { Path } from '../../error.js'
import type { Comment } from '../../yaml/read/comments.js'

/** The comments of a resource, as lines of TypeScript: each is taken once, by the code that is about its field. */
export interface Notes {
  /** What is said of a field or an item, and of all that is in it. */
  readonly take: (...path: Path) => ReadonlyArray<string>
  /** What is said of the field itself, and not of an item in it. */
  readonly takeOwn: (...path: Path) => ReadonlyArray<string>
}

const lineOf = ({ text }: Comment): string => `//${text.slice(1).replace(/[\u2028\u2029\r]/g, ' ')}`.trimEnd()

const isWithin = (path: Path, other: Path): boolean => other.every((key, index) => path[index] === key)

export const notesOf = (comments: ReadonlyArray<Comment>): Notes => {
  let left = comments
  const takeWhere = (isWanted: (comment: Comment) => boolean): ReadonlyArray<string> => {
    const taken = left.filter(isWanted)
    left = left.filter((comment) => !taken.includes(comment))
    return taken.map(lineOf)
  }
  return {
    take: (...path) => takeWhere((comment) => isWithin(comment.path, path)),
    takeOwn: (...path) =>
      takeWhere((comment) => comment.path.length === path.length && isWithin(comment.path, path)),
  }
}
