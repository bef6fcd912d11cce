import type { Failure } from '../../error.js'
import type { Step } from '../../runner/event.js'
import type { Unfit } from '../cluster/fleet-cluster.js'
import type { FleetTask } from './fleet-task.js'

/** How many of each: `{ created: 3, unchanged: 197 }`; of a plan by action, of a status `drifted`, of a cleanup `removed`. */
export type Counts = Readonly<Record<string, number>>

/** What became of one cluster, in a few lines: the Runner's own report is for `onReport`. */
export type ClusterResult =
  | {
      readonly cluster: string
      readonly outcome: 'done'
      /** The release of Calico there. */
      readonly calico?: string
      readonly counts: Counts
      readonly elapsedMs: number
    }
  | {
      readonly cluster: string
      /** `interrupted`: it had begun when all was stopped, and some of it may be done. Running again ends it. */
      readonly outcome: 'failed' | 'interrupted'
      /** The `_tag` of the failure: of a Runner, or `NotVerified`. */
      readonly failure: Failure
      readonly counts: Counts
      readonly elapsedMs: number
    }
  | {
      readonly cluster: string
      readonly outcome: 'skipped'
      readonly reason: Unfit['reason']
      readonly message: string
    }
  | { readonly cluster: string; readonly outcome: 'not-begun'; readonly message: string }

export type Outcome = ClusterResult['outcome']

/** What became of each cluster, and how many fared alike. */
export interface FleetReport {
  readonly task: FleetTask['task']
  /** In the order of the clusters that were given; each is there. */
  readonly results: ReadonlyArray<ClusterResult>
  readonly counts: Readonly<Record<Outcome, number>>
  /** Why no further cluster was begun, where that is so. */
  readonly stopped?: string
  readonly elapsedMs: number
}

/** Not every cluster is as it was to be. `report` has each. */
export interface FleetIncomplete extends Failure {
  readonly _tag: 'FleetIncomplete'
  readonly report: FleetReport
}

/** What happens while a fleet is worked at. */
export type FleetEvent =
  | { readonly _tag: 'Wave'; readonly wave: number; readonly of: number; readonly clusters: number }
  | { readonly _tag: 'Begun'; readonly cluster: string }
  | { readonly _tag: 'Step'; readonly cluster: string; readonly step: Step }
  | { readonly _tag: 'Ended'; readonly cluster: string; readonly outcome: Outcome; readonly message?: string }
  | { readonly _tag: 'Verified'; readonly wave: number; readonly failed: number }
  | { readonly _tag: 'Stopped'; readonly why: string }

const outcomes: ReadonlyArray<Outcome> = ['done', 'failed', 'interrupted', 'skipped', 'not-begun']

export const countOutcomes = (results: ReadonlyArray<ClusterResult>): FleetReport['counts'] =>
  Object.fromEntries(
    outcomes.map((outcome) => [outcome, results.filter((it) => it.outcome === outcome).length]),
  ) as FleetReport['counts']

/** What a result says in a line; nothing where all is well. */
export const messageOf = (result: ClusterResult): string | undefined => {
  if (result.outcome === 'done') return undefined
  return 'failure' in result ? result.failure.message : result.message
}

const words: Readonly<Record<Outcome, string>> = {
  done: 'done',
  failed: 'failed',
  interrupted: 'interrupted',
  skipped: 'skipped',
  'not-begun': 'not begun',
}

/** `497 done, 2 failed, 1 skipped`. */
const printOutcomes = (counts: FleetReport['counts']): string =>
  outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${words[outcome]}`)
    .join(', ') || 'no clusters'

/** Why the whole is not well; `undefined` where it is. A cluster that sleeps is named, and no failure. */
export const incomplete = (report: FleetReport): FleetIncomplete | undefined => {
  const open = report.results.filter(({ outcome }) => outcome !== 'done' && outcome !== 'skipped')
  if (open.length === 0) return undefined
  const named = open.filter(({ outcome }) => outcome !== 'not-begun').slice(0, 5)
  const causes = named.map((it) => `${it.cluster}: ${messageOf(it)}`).join('; ')
  return {
    _tag: 'FleetIncomplete',
    message: `${printOutcomes(report.counts)}${causes === '' ? '' : `; ${causes}`}`,
    hint: 'correct these and run again: what is done is left unchanged then',
    report,
  }
}
