import type { Workload } from './flow.js'

/** Manifests as values, typed or plain, a list of them, or a text of YAML or JSON with any number of them. */
export type Given = string | ReadonlyArray<unknown>

/**
 * All that has a say, each as it stands in a cluster. Everything may be left out; what is not given is not known, and
 * what hangs on it is `unknown`.
 *
 * **Shape**: each list may be objects or the text of a file. In which of the lists a manifest stands makes no
 * difference: its kind counts, so a whole `kubectl get -o yaml` may go into `resources`. Service accounts and
 * EndpointSlices, where there are any, or a list of them that is empty, are all there are.
 */
export interface World {
  /**
   * Policies of Calico, of Kubernetes (`networking.k8s.io/v1`) and of `policy.networking.k8s.io`, tiers, network sets,
   * host endpoints, profiles, configuration.
   */
  readonly resources?: Given
  readonly namespaces?: Given
  readonly serviceAccounts?: Given
  /**
   * Pods of Kubernetes, or `Workload`s with a `name`. Pods on the host's network and those that are done are none.
   * Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs and CronJobs are one peer each under their own names, where
   * their pods are not given as well.
   */
  readonly pods?: Given | ReadonlyArray<Workload>
  readonly nodes?: Given
  readonly services?: Given
  readonly endpointSlices?: Given
  /**
   * Kinds of which there are, or may be, objects that nobody could read: `GlobalNetworkPolicy`, `Pod`,
   * `NetworkPolicy.networking.k8s.io`. What hangs on them is `unknown`.
   */
  readonly unread?: ReadonlyArray<string>
}

/** The lists of a world. */
export const worldLists = [
  'resources',
  'namespaces',
  'serviceAccounts',
  'pods',
  'nodes',
  'services',
  'endpointSlices',
] as const

/** By the rules of which Calico a world is compiled. */
export interface CompileOptions {
  /**
   * The Calico that the cluster has. It decides which policies of policy.networking.k8s.io are enforced: unless it is named,
   * what hangs on one of them is `unknown`. And it decides between policies of one order, which goes by 3.28's way unless it is
   * named; 3.32 has another.
   */
  readonly calico?: string
  /** `enforced` takes staged policies as if they were in force: for a preview. They have no say otherwise. */
  readonly staged?: 'ignored' | 'enforced'
}

/** What comes into a world, and what goes. */
export interface WorldChange {
  readonly put?: Given
  /** As `NetworkPolicy(shop/api)`, `Pod(shop/web)`, `Node(n1)`. */
  readonly remove?: ReadonlyArray<string>
}
