import type { Cluster } from '../../cluster/port.js'

/** Why nothing is tried on a cluster. */
export interface Unfit {
  /** It sleeps, goes, is not made yet, or has another network plugin than Calico. */
  readonly reason: 'hibernated' | 'deleted' | 'not-created' | 'no-calico'
  readonly message: string
}

/** One of many clusters. */
export interface FleetCluster {
  /** Of this one among them: `core/web`, a context, a Secret. */
  readonly name: string
  readonly cluster: Cluster
  /** The same for who may only read: `plan` and `status` go by it. */
  readonly viewer?: Cluster
  /** What it is known by where it comes from. */
  readonly labels?: Readonly<Record<string, string>>
  /** It is named in reports, and left alone. */
  readonly unfit?: Unfit
}
