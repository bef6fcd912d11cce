import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ClusterError } from './error.js'

/** A kind of Kubernetes object as its API addresses it: `{ group: 'batch', version: 'v1', resource: 'jobs', … }`. */
export interface ResourceType {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  /** The plural in the URL: `configmaps`, `networkpolicies`. */
  readonly resource: string
  readonly kind: string
  readonly namespaced: boolean
  /** So many in one reply to a list at most, where each may be large. */
  readonly pageSize?: number
}

/** Names one object. `namespace` is left out for cluster-scoped kinds. */
export interface Ref {
  readonly type: ResourceType
  readonly namespace?: string
  readonly name: string
}

export interface ObjectMeta {
  /** Empty for what is never stored: access reviews. */
  readonly name: string
  /** With an empty name: what the name that the server makes up begins with. */
  readonly generateName?: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly generation?: number
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly finalizers?: ReadonlyArray<string>
  readonly ownerReferences?: ReadonlyArray<OwnerReference>
  readonly managedFields?: ReadonlyArray<unknown>
}

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

/** Any Kubernetes object. What is below `spec`, `status` and the like is the caller's to decode. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
  readonly [field: string]: unknown
}

/** Deletes exactly the object that was read: another one under the same name gives `Conflict`. */
export interface Preconditions {
  readonly uid: string
  readonly resourceVersion: string
}

export interface CallOptions {
  /** Ends the call with `Aborted`, or with `TimedOut` when its reason is a TimeoutError. */
  readonly signal?: AbortSignal
  /** The server checks and answers, and writes nothing. */
  readonly dryRun?: boolean
}

export interface ListOptions extends CallOptions {
  readonly namespace?: string
  /** Kubernetes' own syntax: `app=web,!canary`. */
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /**
   * What to keep of each object as its page arrives, `undefined` for nothing: a long list then takes no more memory than
   * what is kept of it.
   */
  readonly keep?: (object: KubeObject) => KubeObject | undefined
}

export interface LogOptions extends CallOptions {
  readonly container: string
  /** Only the last so many lines. */
  readonly tailLines?: number
  /** At most so many bytes, counted from the start of what is returned: Kubernetes cuts the end off. */
  readonly limitBytes?: number
}

/** Where the calls of a `Cluster` go. Holds no secret. */
export interface Target {
  /** For people: the context and the server. */
  readonly description: string
  /** The namespace that the kubeconfig's context (or the pod's service account) names; `default` otherwise. */
  readonly namespace: string
}

/** What a group serves, by discovery: its preferred version and the plurals in it. */
export interface ApiGroup {
  readonly group: string
  readonly version: string
  readonly resources: ReadonlyArray<string>
  /** Every version that is served, the preferred one among them. */
  readonly versions?: ReadonlyArray<string>
}

type Call<A> = TaskEither<ClusterError, A>

/**
 * A Kubernetes cluster, as the Runner needs it: objects by type and name, logs, discovery. Knows nothing of Calico.
 *
 * Every call settles: with a value, or with a `ClusterError`. Calls are retried inside only where a retry is
 * safe (reads, and writes that the server says it did not do). A lost reply to a write is `Unanswered`, for the
 * caller to read back.
 */
export interface Cluster {
  /** Where calls go, without asking the server. `NoKubeconfig` when there is nothing to go by. */
  readonly target: (options?: CallOptions) => Call<Target>
  readonly get: (ref: Ref, options?: CallOptions) => Call<KubeObject>
  /** All pages of the list, with the list's own resourceVersion. */
  readonly list: (type: ResourceType, options?: ListOptions) => Call<ObjectList>
  readonly create: (type: ResourceType, object: KubeObject, options?: CallOptions) => Call<KubeObject>
  /** PUT: with `metadata.resourceVersion` it is compare-and-swap. */
  readonly replace: (type: ResourceType, object: KubeObject, options?: CallOptions) => Call<KubeObject>
  /** Background propagation. `NotFound` when there was nothing to delete. */
  readonly remove: (ref: Ref, only: Preconditions, options?: CallOptions) => Call<void>
  readonly logs: (pod: Ref, options: LogOptions) => Call<string>
  /** `NotFound` when the group is not served at all. */
  readonly group: (name: string, options?: CallOptions) => Call<ApiGroup>
  /** Every namespaced kind that can be listed, each in its group's preferred version. Fails if one group cannot be asked. */
  readonly namespacedTypes: (options?: CallOptions) => Call<ReadonlyArray<ResourceType>>
  /**
   * A kubeconfig file by which another program works on the same cluster as the same identity. It holds secrets: not for
   * messages, nor for files that others can read. Absent where there is no such thing, as for a cluster in memory.
   */
  readonly kubeconfig?: () => Call<string>
  /** Ends idle connections. Calls after it open new ones. */
  readonly close: () => void
}

export interface ObjectList {
  readonly resourceVersion: string
  readonly items: ReadonlyArray<KubeObject>
}
