import type { Path } from '../error.js'
import type { ConnectivityEffect } from './effect/connectivity-effect.js'

/** One resource, as people name it: `NetworkPolicy(shop/api-from-web)`. */
export type Name = string

/** How one item of an apply ended. Read back from the cluster, never taken from calicoctl's counts. */
export type ItemOutcome =
  | { readonly name: Name; readonly outcome: 'created' | 'updated' | 'unchanged' | 'deleted' }
  | { readonly name: Name; readonly outcome: 'failed'; readonly cause: string }
  | { readonly name: Name; readonly outcome: 'unknown'; readonly cause: string }
  /** It was written, and with `rollback` taken back since the run failed. */
  | { readonly name: Name; readonly outcome: 'reverted'; readonly cause: string }

export interface ApplyReport {
  readonly owner: string
  readonly run: string
  /** Calico's version on the cluster: `3.28.5`. */
  readonly calico: string
  readonly items: ReadonlyArray<ItemOutcome>
  /** What of the run's own objects was removed at its end. */
  readonly reaped: ReadonlyArray<Name>
  /** What of the run's own objects could not be removed, and why; the cluster or the next cleanup() takes it. */
  readonly left: ReadonlyArray<Leftover>
  /** What is strange about a run in which every item became what it was to be: that calicoctl ended with an error. */
  readonly warnings: ReadonlyArray<string>
  readonly elapsedMs: number
  /** What it opened and closed, as it was foreseen; there with the option `connectivity` or `refuse`. */
  readonly connectivity?: ConnectivityEffect
}

export interface Leftover {
  readonly name: Name
  readonly cause: string
}

export interface CleanupReport {
  readonly owner: string
  readonly removed: ReadonlyArray<Name>
  readonly left: ReadonlyArray<Leftover>
  /**
   * Where these credentials may not look for what runs leave. Runs with the present settings leave nothing there; with
   * others, as by a pod, they may have.
   */
  readonly unsearched: ReadonlyArray<Leftover>
  readonly elapsedMs: number
}

/** One field that differs, with its values. `printPlan` names the fields only. */
export interface FieldChange {
  readonly field: string
  readonly path: Path
  readonly change: 'added' | 'removed' | 'changed'
  readonly from?: unknown
  readonly to?: unknown
}

/** What apply would do to one resource. */
export type PlanItem =
  | { readonly name: Name; readonly action: 'create' | 'unchanged' | 'delete' }
  | { readonly name: Name; readonly action: 'update'; readonly changes: ReadonlyArray<FieldChange> }
  | { readonly name: Name; readonly action: 'conflict'; readonly cause: string }
