import type { Path } from '../error.js'
import type { ClassChange } from '../policy/connectivity/class-changes.js'
import type { Finding } from '../policy/lint/lint.js'

/** One resource, as people name it: `NetworkPolicy(shop/api-from-web)`. */
export type Name = string

/** How one item of an apply ended. Read back from the cluster, never taken from calicoctl's counts. */
export type ItemOutcome =
  | { readonly name: Name; readonly outcome: 'created' | 'updated' | 'unchanged' | 'deleted' }
  /** Of an object that somebody else owns: fields were set, or have what they had before. */
  | { readonly name: Name; readonly outcome: 'set' | 'restored' }
  | { readonly name: Name; readonly outcome: 'failed'; readonly cause: string }
  | { readonly name: Name; readonly outcome: 'unknown'; readonly cause: string }
  /** It was written, and with `rollback` taken back since the run failed. */
  | { readonly name: Name; readonly outcome: 'reverted'; readonly cause: string }

/** What a run has done. */
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

/** Something that is still there, and why. */
export interface Leftover {
  readonly name: Name
  readonly cause: string
}

/** An object that somebody else owns, in which fields got what they had before. */
export interface RestoredFields {
  readonly name: Name
  readonly changes: ReadonlyArray<FieldChange>
  /** Fields that somebody has changed since they were set: they stay as they are. */
  readonly kept: ReadonlyArray<string>
}

/** What a cleanup has removed, and what is left. */
export interface CleanupReport {
  readonly owner: string
  readonly removed: ReadonlyArray<Name>
  readonly restored: ReadonlyArray<RestoredFields>
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
  /** Fields of an object that somebody else owns are set, or get what they had before; others stay as they are. */
  | {
      readonly name: Name
      readonly action: 'set' | 'restore'
      readonly changes: ReadonlyArray<FieldChange>
      /** Fields that were set before, that somebody has changed since, and that stay so. */
      readonly kept?: ReadonlyArray<string>
    }
  | { readonly name: Name; readonly action: 'conflict'; readonly cause: string }

/** What is likely a mistake in one of the plan's resources, as `lint` says it. Apply does not fail for it. */
export type PlanFinding = Omit<Finding, 'index'>

/** What of a cluster could not be read: all objects of a kind, or one. */
export interface UnreadPart {
  /** `GlobalNetworkPolicy`; with its group where Calico has one of that name: `NetworkPolicy.networking.k8s.io`. */
  readonly kind: string
  /** As `shop/web`; absent where the whole kind could not be read. */
  readonly name?: string
  readonly cause: string
}

/** What a plan changes for the pods and nodes that are there, and for whatever else has an address. Plain JSON. */
export interface ConnectivityEffect {
  /** What opens, closes or is no longer known. Nodes are named `node NAME`, and all other addresses are `any address`. */
  readonly changes: ReadonlyArray<ClassChange>
  /** What the staged policies of the plan would change beyond that, if they were enforced; absent where there are none. */
  readonly staged?: ReadonlyArray<ClassChange>
  /** Services, as `shop/api`, behind which some pod is that traffic to changes for. */
  readonly services: ReadonlyArray<string>
  /** What of the cluster could not be read: what hangs on it is not known, before or after. */
  readonly unread: ReadonlyArray<UnreadPart>
  /** What of the option `refuse` the plan does, or may do: then apply refuses. */
  readonly refused: ReadonlyArray<Refusal>
}

/** What may be refused: that something opens, that something closes, or that it cannot be known. */
export type Refusal = 'opens' | 'closes' | 'unknown'
