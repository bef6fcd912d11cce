import type { PlanReport } from '../../runner/apply/plan-report.js'
import type { RunnerOptions } from '../../runner/options.js'
import type { ApplyReport, CleanupReport, Refusal } from '../../runner/report.js'
import type { Input } from '../../runner/runner.js'
import type { StatusReport } from '../../runner/status.js'
import type { FleetCluster } from '../cluster/fleet-cluster.js'

/** The same resources for all, or what one cluster is to have. */
export type FleetInput = Input | ((cluster: FleetCluster) => Input)

/** The Runner's options but for the cluster: whose resources, and how they are written. */
export interface FleetRunner extends Omit<RunnerOptions, 'cluster'> {}

interface Writing {
  readonly resources: FleetInput
  readonly runner: FleetRunner
  /** As of the Runner's `apply` and `plan`. */
  readonly prune?: boolean
  readonly adopt?: boolean
  /** A cluster where this would open or close traffic fails with `ConnectivityRefused`, and nothing is written there. */
  readonly refuse?: ReadonlyArray<Refusal>
}

/** What is to be done on each cluster: one call of a Runner. */
export type FleetTask =
  | ({ readonly task: 'plan' } & Writing)
  | ({ readonly task: 'apply'; readonly rollback?: boolean } & Writing)
  | { readonly task: 'status'; readonly runner: FleetRunner }
  | { readonly task: 'cleanup'; readonly runner: FleetRunner }

/** What the Runner's own call reports. */
export type RunnerReport = PlanReport | ApplyReport | StatusReport | CleanupReport

export const inputFor = (resources: FleetInput, cluster: FleetCluster): Input =>
  typeof resources === 'function' ? resources(cluster) : resources
