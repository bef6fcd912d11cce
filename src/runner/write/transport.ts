import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Deletion } from '../delete/deletion.js'
import type { RunnerError } from '../error.js'
import type { Access } from '../permission/access.js'
import type { Grant } from '../permission/grants.js'
import type { Verb } from '../plan/batch.js'
import type { Prepared } from '../plan/prepare.js'
import type { ApplyReport, Name } from '../report.js'
import type { RunContext } from '../run-context.js'

/** Why each of `failed` did not become what it was to be, as far as it was told. Both in the order of the input. */
export type ItemErrors = (
  verb: Verb,
  failed: ReadonlyArray<Name>,
  done: ReadonlyArray<Name>,
) => ReadonlyMap<Name, string>

/** What was said of the writing. What became of each item is not in it: that is read back from the cluster. */
export interface Execution {
  /** Whether nothing of it writes any more; otherwise it is `clear` that ends it. */
  readonly ended: boolean
  readonly itemErrors: ItemErrors
  /** What was sent and not answered: it may be written later than it is read back. */
  readonly unanswered: ReadonlySet<Name>
  /** Why the run failed; `undefined` when every item is as it should be. */
  readonly failure: (report: ApplyReport) => RunnerError | undefined
  /** What is to be told where it did not fail. */
  readonly warnings: ReadonlyArray<string>
}

/** How one plan would be written: what that needs and makes, and the writing itself. */
export interface WritePlan {
  /** What the Runner's own credentials must be allowed to, beside reading back, deleting and `grants`. */
  readonly access: ReadonlyArray<Access>
  /** The rights that it hands out. */
  readonly grants: ReadonlyArray<Grant>
  /** What it makes for itself on the cluster, and deletes. */
  readonly makes: ReadonlyArray<string>
  /** The image of its pod. */
  readonly image?: string
  /** What would end badly is refused here, before anything is written. */
  readonly refuse: TaskEither<RunnerError, void>
  /** Writes, as the run of this id. Never fails: how it went is a value. */
  readonly execute: (run: string) => Promise<Execution>
  /** Deletes what that run made, and ends what may still write. */
  readonly clear: (run: string, graceMs: number) => Promise<Deletion>
}

/**
 * A way to bring resources onto a cluster. What is to be written is decided before it, what became of it is read back
 * after it, both the same for all. Planning reads only; `BadOption` where the cluster does not have this way.
 */
export type Transport = (context: RunContext, prepared: Prepared) => TaskEither<RunnerError, WritePlan>
