import type { Cluster } from '../cluster/port.js'
import type { Kind } from '../model/kind.js'

/** What a user may set on the pod that runs calicoctl. All as in Kubernetes' PodSpec and ObjectMeta. */
export interface PodSettings {
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly tolerations?: ReadonlyArray<object>
  readonly affinity?: object
  readonly priorityClassName?: string
  readonly imagePullSecrets?: ReadonlyArray<string>
  readonly resources?: object
  /** The host's network: no policy can cut the pod off then. Not allowed by Pod Security `baseline`. */
  readonly hostNetwork?: boolean
}

/** How calicoctl is run; what is left out follows from the cluster's Calico version. */
export interface ImageSettings {
  /** With a tag or, better, the digest of the image's index. */
  readonly name?: string
  readonly command?: ReadonlyArray<string>
  readonly pullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
}

/**
 * How resources are written. `pod`: by calicoctl in a pod of its own, which every cluster with Calico takes. `api`: through
 * Kubernetes' API, where it serves `projectcalico.org/v3`. `{ calicoctl }`: by that binary on this machine.
 */
export type TransportSettings = 'pod' | 'api' | { readonly calicoctl: string }

/** Whose resources a Runner looks after, on which cluster, and how it writes them. */
export interface RunnerOptions {
  /** Who owns what is applied: `karydia`. 1 to 40 lower-case letters, digits and `-`. */
  readonly owner: string
  readonly cluster: Cluster
  /**
   * Where the run's Job, service account and ConfigMaps live. Default: the namespace of the kubeconfig's context.
   * One that is named here and does not exist is made for the run, and removed with it.
   */
  readonly namespace?: string
  /** How resources are written. Default: `pod`. The next three are the pod's, as are `lockout` and `ttlSeconds`. */
  readonly transport?: TransportSettings
  readonly image?: ImageSettings
  readonly pod?: PodSettings
  /** `provision` makes the least service account and roles for each run; otherwise that of the name is used. */
  readonly rbac?: 'provision' | { readonly serviceAccount: string }
  /**
   * The kinds that this owner has: no others are applied, and cleanup() looks for no others, so that the Runner needs
   * no rights on them. Default: all that calicoctl writes.
   */
  readonly kinds?: ReadonlyArray<Kind>
  /**
   * What to do about policies that would cut the Runner's own pods off from the API server: `refuse` them (the
   * default), `exempt` the pods by a policy of their own, or `ignore` it and go on.
   */
  readonly lockout?: 'refuse' | 'exempt' | 'ignore'
  /**
   * Fields that are left to others, as plans name them: `metadata.annotations["team.example/seen"]`, `spec.order`. They are
   * sent, and not compared: for webhooks and controllers that change what was applied.
   */
  readonly ignore?: ReadonlyArray<string>
  /** For each public call, in milliseconds. Default 120,000. */
  readonly timeoutMs?: number
  /** How long the cluster keeps a run's Job after its end when nobody reaps it, in seconds. Default 60. */
  readonly ttlSeconds?: number
  /** How long a call may go on after its end or deadline, to reap and to read back. Default 20,000. */
  readonly graceMs?: number
  /** How long what may get better is waited for: an image that cannot be pulled, no room on a node. Default 10,000. */
  readonly patienceMs?: number
}
