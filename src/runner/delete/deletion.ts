import type { Leftover, Name } from '../report.js'

/** How some deletions went. */
export interface Deletion {
  readonly deleted: ReadonlyArray<Name>
  readonly left: ReadonlyArray<Leftover>
  /** Changed since it was read: to be read, and decided, again. */
  readonly changed: ReadonlyArray<Name>
  /** No answer came, and it was still there: the deletion may yet happen. */
  readonly unanswered: ReadonlyArray<Name>
  /** Where nothing was looked for, and need not be: see `Scope.optional`. */
  readonly unsearched: ReadonlyArray<Leftover>
}

export const nothingDeleted: Deletion = {
  deleted: [],
  left: [],
  changed: [],
  unanswered: [],
  unsearched: [],
}

export const joinDeletions = (deletions: ReadonlyArray<Deletion>): Deletion => ({
  deleted: deletions.flatMap((it) => it.deleted),
  left: deletions.flatMap((it) => it.left),
  changed: deletions.flatMap((it) => it.changed),
  unanswered: deletions.flatMap((it) => it.unanswered),
  unsearched: deletions.flatMap((it) => it.unsearched),
})
