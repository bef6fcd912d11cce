export { kubeCluster } from '../cluster/kube.js'
export type { Cluster } from '../cluster/port.js'
export { memoryCluster } from '../testing/deferred-memory-cluster.js'
export type { MemoryClusterOptions } from '../testing/memory-cluster.js'
export type { ApplyOptions } from './apply/apply.js'
export type { PlanReport } from './apply/plan-report.js'
export { type PrintOptions, printPlan } from './apply/print-plan.js'
export type { CleanupOptions } from './delete/cleanup.js'
export type {
  BadOption,
  Busy,
  CalicoctlFailed,
  CleanupIncomplete,
  ConnectivityRefused,
  DatastoreLocked,
  Foreign,
  InputChanged,
  Interrupted,
  ItemsFailed,
  Lockout,
  MissingPermissions,
  NoCalico,
  NoCalicoctl,
  PodFailed,
  PodProblem,
  PruneIncomplete,
  RunnerError,
  VersionMismatch,
} from './error.js'
export type { RunEvent } from './event.js'
export type { ImageSettings, PodSettings, RunnerOptions, TransportSettings } from './options.js'
export type * from './report.js'
export type { Run } from './run.js'
export { createRunner, type Input, type Runner, type RunnerTE } from './runner.js'

export type { OwnedResource, SetFieldStatus, StatusOptions, StatusReport } from './status.js'
export { type WorldFileOptions, worldFromJson, worldToJson } from './world/world-file.js'
export { type WorldError, type WorldOptions, worldFrom } from './world/world-from.js'
export { compileSnapshot, type WorldSnapshot } from './world/world-snapshot.js'
