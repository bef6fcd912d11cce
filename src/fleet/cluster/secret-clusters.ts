import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { ClusterError } from '../../cluster/error.js'
import { type Connect, connectKubeconfig } from '../../cluster/foreign-kubeconfig.js'
import { kubeCluster } from '../../cluster/kube.js'
import type { Cluster } from '../../cluster/port.js'
import { secrets } from '../../cluster/resource-types.js'
import type { FleetCluster } from './fleet-cluster.js'
import { renewedCluster } from './renewed-cluster.js'
import type { NoClusters } from './shoot-clusters.js'

/** Where the Secrets with kubeconfigs are. */
export interface SecretOptions {
  /** The management cluster, where the Secrets are. */
  readonly cluster: Cluster
  readonly namespace: string
  /** Kubernetes' own syntax: `fleet=live,!exempt`. */
  readonly labelSelector?: string
  /** Under which the Secret has the kubeconfig: `value` for Cluster API. Default: `kubeconfig`. */
  readonly key?: string
  /** Makes a cluster of a kubeconfig. Default: `kubeCluster`, for one that holds its credentials itself. */
  readonly connect?: Connect
  readonly signal?: AbortSignal
}

/** A Secret is read again after so long: whoever renews what is in it needs no more of us. */
const rereadMs = 5 * 60_000

const open =
  (
    { cluster, namespace, key = 'kubeconfig', connect = connectKubeconfig, signal }: SecretOptions,
    name: string,
  ) =>
  async (): Promise<E.Either<ClusterError, Cluster>> => {
    const call = signal === undefined ? {} : { signal }
    const secret = await cluster.get({ type: secrets, namespace, name }, call)()
    if (E.isLeft(secret)) return secret
    const text: unknown = Object(secret.right.data)[key]
    if (typeof text === 'string') return connect(Buffer.from(text, 'base64').toString())
    return E.left({
      _tag: 'NoKubeconfig',
      request: `read the kubeconfig in the Secret ${namespace}/${name}`,
      message: `the Secret ${namespace}/${name} has no ${key}`,
      hint: `put the kubeconfig under ${key}, or name the key that has it`,
    })
  }

/**
 * A cluster for each Secret that holds a kubeconfig: of Cluster API, of a fleet's own. Each Secret is read by itself, when its
 * cluster is first called. A kubeconfig that would run a program of this machine, or read a file of it, is refused.
 *
 * **Errors**: `ClusterError` of the management cluster; `NoClusters` where no Secret has the labels.
 *
 * @example
 * const clusters = secretClusters({ cluster: memoryCluster(), namespace: 'default', labelSelector: 'fleet=live' })
 * await clusters() // => Left, with NoClusters
 */
export const secretClusters = (
  options: SecretOptions,
): TaskEither<ClusterError | NoClusters, ReadonlyArray<FleetCluster>> =>
  task(async (unwrap, fail) => {
    const { cluster, namespace, labelSelector, signal } = options
    const found = await unwrap(
      cluster.list(secrets, {
        namespace,
        ...(labelSelector === undefined ? {} : { labelSelector }),
        ...(signal === undefined ? {} : { signal }),
      }),
    )
    if (found.items.length === 0) {
      const which = labelSelector === undefined ? '' : ` with ${labelSelector}`
      const message = `the namespace ${namespace} has no Secret${which}`
      return fail({ _tag: 'NoClusters', message, hint: 'name the namespace and the labels of the Secrets' })
    }
    return found.items.map(({ metadata: { name, labels } }) => ({
      name: `${namespace}/${name}`,
      cluster: renewedCluster({
        open: open(options, name),
        target: { description: `the cluster of Secret ${namespace}/${name}`, namespace: 'default' },
        renewMs: rereadMs,
      }),
      ...(labels === undefined ? {} : { labels }),
    }))
  })

/**
 * A cluster for each of these contexts of a kubeconfig: the one that kubectl would use, or the file that is named.
 *
 * @example
 * contextClusters(['staging', 'live']).map(({ name }) => name) // => ['staging', 'live']
 */
export const contextClusters = (
  contexts: ReadonlyArray<string>,
  { kubeconfig }: { readonly kubeconfig?: string } = {},
): ReadonlyArray<FleetCluster> =>
  contexts.map((context) => ({
    name: context,
    cluster: kubeCluster({ context, ...(kubeconfig === undefined ? {} : { kubeconfig }) }),
  }))
