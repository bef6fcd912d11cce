import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CallOptions, Cluster } from '../../cluster/port.js'
import type { Removal } from '../delete/delete-owned.js'
import type { RunnerError } from '../error.js'
import type { Emit } from '../event.js'
import type { Access } from '../permission/access.js'
import type { Grant } from '../permission/grants.js'
import type { Batch, Verb } from '../plan/batch.js'
import type { Prepared } from '../plan/prepare.js'
import type { ApplyReport, Name } from '../report.js'
import type { Settings } from '../settings.js'
import type { Calico } from '../state/calico-cluster.js'

/** One run: what it is to write, and until when. */
export interface Task {
  readonly cluster: Cluster
  readonly settings: Settings
  readonly calico: Calico
  readonly batch: Batch
  readonly run: string
  readonly timeoutMs: number
  readonly emit: Emit
  readonly signal: AbortSignal
}

/** Why each of `failed` did not become what it was to be, as far as it was told. Both in the order of the input. */
export type Causes = (
  verb: Verb,
  failed: ReadonlyArray<Name>,
  done: ReadonlyArray<Name>,
) => ReadonlyMap<Name, string>

/** What was said of the writing. What became of each item is not in it: that is read back from the cluster. */
export interface Execution {
  /** Whether nothing of it writes any more; otherwise it is `clear` that ends it. */
  readonly ended: boolean
  readonly causes: Causes
  /** What was sent and not answered: it may be written later than it is read back. */
  readonly unanswered: ReadonlySet<Name>
  /** Why the run failed; `undefined` when every item is as it should be. */
  readonly failure: (report: ApplyReport) => RunnerError | undefined
  /** What is to be told where it did not fail. */
  readonly warnings: ReadonlyArray<string>
}

/** How one plan would be written: what that needs and makes, and the writing itself. */
export interface Route {
  /** What the Runner's own credentials must be allowed to, beside reading back, deleting and `grants`. */
  readonly access: ReadonlyArray<Access>
  /** The rights that it hands out. */
  readonly grants: ReadonlyArray<Grant>
  /** What it makes for itself on the cluster, and removes. */
  readonly makes: ReadonlyArray<string>
  /** The image of its pod. */
  readonly image?: string
  /** What would end badly is refused here, before anything is written. */
  readonly refuse: () => TaskEither<RunnerError, void>
  /** Writes. Never fails: how it went is a value. */
  readonly execute: (task: Task) => Promise<Execution>
  /** Removes what it made, and ends what may still write. */
  readonly clear: (task: Task, graceMs: number) => Promise<Removal>
}

/**
 * A way to bring resources onto a cluster. What is to be written is decided before it, what became of it is read back
 * after it, both the same for all. Opening the route reads only; `BadOption` where the cluster does not have this way.
 */
export type Transport = (
  cluster: Cluster,
  settings: Settings,
  prepared: Prepared,
  options: CallOptions,
) => TaskEither<RunnerError, Route>
