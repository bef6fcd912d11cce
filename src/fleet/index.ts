export type { Connect } from '../cluster/foreign-kubeconfig.js'
export type { LabelRequirement, LabelSelector } from '../model/meta/label-selector.js'
export type { StoredObject } from '../model/storage/stored-object.js'
export type { Refusal } from '../runner/report.js'
export type { Run } from '../runner/run.js'
export type { FleetCluster, Unfit } from './cluster/fleet-cluster.js'
export { contextClusters, type SecretOptions, secretClusters } from './cluster/secret-clusters.js'
export { type NoClusters, type ShootOptions, shootClusters } from './cluster/shoot-clusters.js'
export { type ManagedResourceOptions, toManagedResource } from './gardener/managed-resource.js'
export { type ShootForm, type StaticManifestOptions, toStaticManifest } from './gardener/static-manifest.js'
export { type FleetJobStatus, fleetStatus, type IndexStatus, type NoFleetJob } from './job/fleet-status.js'
export { type FleetJobOptions, type FleetJobTask, toFleetJob } from './job/to-fleet-job.js'
export { type ManifestWorkOptions, toManifestWork } from './ocm/manifest-work.js'
export {
  type ManifestWorkReplicaSetOptions,
  type Rollout,
  toManifestWorkReplicaSet,
} from './ocm/replica-set.js'
export type { WorkContent } from './ocm/work-content.js'
export type { ClusterResult, FleetEvent, FleetIncomplete, FleetReport } from './run/fleet-report.js'
export type { FleetInput, FleetRunner, FleetTask, RunnerReport } from './run/fleet-task.js'
export type { FleetRollout, Verify } from './run/rollout.js'
export { type FleetError, type FleetOptions, runFleet } from './run/run-fleet.js'
export { type ToStorageOptions, toStorage } from './to-storage.js'
