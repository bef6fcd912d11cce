import type { ClusterError } from '../cluster/error.js'
import type { Failure, Invalid } from '../error.js'
import type { ClassChange } from '../policy/connectivity/class-changes.js'
import type { ApplyReport, CleanupReport, ItemOutcome, Refusal, UnreadPart } from './report.js'

interface RunnerFailure<Tag extends string> extends Failure {
  readonly _tag: Tag
}

/** The cluster has no Calico that the Runner can work with: no CRDs, no ClusterInformation, or too old. */
export interface NoCalico extends RunnerFailure<'NoCalico'> {}

/** Calico's datastore is locked while somebody moves or upgrades it. Nothing was written. */
export interface DatastoreLocked extends RunnerFailure<'DatastoreLocked'> {}

/** Objects of those names exist and are not this owner's. Nothing was written. */
export interface Foreign extends RunnerFailure<'Foreign'> {
  readonly objects: ReadonlyArray<string>
}

/** What the run needs and its credentials may not do. Nothing was written. */
export interface MissingPermissions extends RunnerFailure<'MissingPermissions'> {
  readonly missing: ReadonlyArray<string>
  /** A ClusterRole that an administrator can apply. */
  readonly yaml: string
}

/** Another run of this owner is under way. */
export interface Busy extends RunnerFailure<'Busy'> {
  readonly holder: string
}

/**
 * What is to be applied would cut off the Runner's own pod from the API server, or what a cluster lives by: nodes, kubelets, the
 * API server, DNS. Nothing was written.
 */
export interface Lockout extends RunnerFailure<'Lockout'> {
  readonly policies: ReadonlyArray<string>
  /** Everything but the Runner's pod that would be cut off: `node worker-1 off from the API server`. */
  readonly cuts?: ReadonlyArray<string>
}

/**
 * What was to be refused would happen: traffic would open, close, or be no longer known. Nothing was written. Where all of it is
 * because something could not be read, `changes` is empty.
 */
export interface ConnectivityRefused extends RunnerFailure<'ConnectivityRefused'> {
  readonly refused: ReadonlyArray<Refusal>
  readonly changes: ReadonlyArray<ClassChange>
  readonly unread: ReadonlyArray<UnreadPart>
}

/** The run had begun, and a call failed, the time was up or the caller aborted. `report` has what became of each item. */
export interface Interrupted extends RunnerFailure<'Interrupted'> {
  readonly cause: RunnerError
  readonly report: ApplyReport
}

/** Why a pod did not get to run calicoctl to its end. */
export type PodProblem =
  | 'ImagePull'
  | 'InvalidImage'
  | 'Unschedulable'
  | 'NotAdmitted'
  | 'NoServiceAccount'
  | 'NotStarted'
  | 'NoCalicoctl'
  | 'OutOfMemory'
  | 'DeadlineExceeded'
  | 'Evicted'
  | 'NodeLost'
  | 'WrongArchitecture'
  | 'Vanished'
  | 'ApiServerUnreachable'

/** The pod did not run calicoctl to its end. Nothing of the run is left. */
export interface PodFailed extends RunnerFailure<'PodFailed'> {
  readonly problem: PodProblem
  /** Kubernetes' own reason: `ImagePullBackOff`, `OOMKilled`, … */
  readonly reason: string
  readonly events: ReadonlyArray<string>
  readonly report: ApplyReport
}

/** calicoctl in the image is not of the cluster's version. */
export interface VersionMismatch extends RunnerFailure<'VersionMismatch'> {
  readonly client: string
  readonly cluster: string
  readonly report: ApplyReport
}

/** An item is not on the cluster as it should be, whatever calicoctl said of it. `report` has every item. */
export interface CalicoctlFailed extends RunnerFailure<'CalicoctlFailed'> {
  readonly exitCode: number
  /** calicoctl's own words, at most 4 KiB. */
  readonly stderr: string
  readonly report: ApplyReport
}

/** There is no calicoctl to run at that path, or it does not start. Nothing was written. */
export interface NoCalicoctl extends RunnerFailure<'NoCalicoctl'> {
  /** As it was given. */
  readonly calicoctl: string
}

/** Some items could not be written through the API, or are not on the cluster as they should be. `report` has every item. */
export interface ItemsFailed extends RunnerFailure<'ItemsFailed'> {
  readonly report: ApplyReport
}

/** The input of calicoctl was swapped by someone else, before its pod started or while it ran. */
export interface InputChanged extends RunnerFailure<'InputChanged'> {
  readonly objects: ReadonlyArray<string>
}

/** All is applied, and not all that is no longer named could be deleted. */
export interface PruneIncomplete extends RunnerFailure<'PruneIncomplete'> {
  readonly report: ApplyReport
}

/** Some of the owner's objects could not be removed. */
export interface CleanupIncomplete extends RunnerFailure<'CleanupIncomplete'> {
  readonly report: CleanupReport
}

/** An option of the Runner itself is not usable. */
export interface BadOption extends RunnerFailure<'BadOption'> {
  readonly option: string
}

/** Every way that the Runner can fail. Closed: match on `_tag`. Each tag has its remedy in docs/errors.md. */
export type RunnerError =
  | Invalid
  | ClusterError
  | NoCalico
  | DatastoreLocked
  | Foreign
  | MissingPermissions
  | Busy
  | Lockout
  | ConnectivityRefused
  | Interrupted
  | PodFailed
  | VersionMismatch
  | CalicoctlFailed
  | NoCalicoctl
  | ItemsFailed
  | InputChanged
  | PruneIncomplete
  | CleanupIncomplete
  | BadOption

export const bad = (item: ItemOutcome): boolean => item.outcome === 'failed' || item.outcome === 'unknown'

/** The first five, each with its cause. */
export const listed = (failed: ReadonlyArray<ItemOutcome>): string => {
  const names = failed.map((item) => ('cause' in item ? `${item.name}: ${item.cause}` : item.name))
  const more = names.length > 5 ? `; and ${names.length - 5} more` : ''
  return `${names.slice(0, 5).join('; ')}${more}`
}

export const again = 'correct these and apply again: what went well is left unchanged then'

/** What had begun ended before its time. */
export const interrupted = (cause: RunnerError, report: ApplyReport): RunnerError => ({
  _tag: 'Interrupted',
  message: `the run ended early: ${cause.message}`,
  hint: ('hint' in cause ? cause.hint : undefined) ?? 'apply again: what went well is left unchanged then',
  cause,
  report,
})

/** Why the deletions failed; `undefined` when all is gone that was to go. */
export const pruneFailure = (report: ApplyReport): RunnerError | undefined => {
  const failed = report.items.filter(bad)
  return failed.length === 0
    ? undefined
    : {
        _tag: 'PruneIncomplete',
        message: `all is applied, but ${listed(failed)} could not be deleted`,
        hint: 'remove what is in the way, then apply again: it goes on where it stopped',
        report,
      }
}
