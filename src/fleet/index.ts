export type { LabelRequirement, LabelSelector } from '../model/label-selector.js'
export type { StoredObject } from '../model/stored-object.js'
export { type ManagedResourceOptions, toManagedResource } from './gardener/managed-resource.js'
export { type ShootForm, type StaticManifestOptions, toStaticManifest } from './gardener/static-manifest.js'
export { type ManifestWorkOptions, toManifestWork } from './ocm/manifest-work.js'
export {
  type ManifestWorkReplicaSetOptions,
  type Rollout,
  toManifestWorkReplicaSet,
} from './ocm/replica-set.js'
export type { WorkContent } from './ocm/work-spec.js'
export { type ToStorageOptions, toStorage } from './to-storage.js'
