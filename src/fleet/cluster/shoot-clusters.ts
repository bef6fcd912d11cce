import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { task } from '../../async/task.js'
import type { ClusterError } from '../../cluster/error.js'
import { type Connect, connectKubeconfig } from '../../cluster/foreign-kubeconfig.js'
import type { Cluster, KubeObject } from '../../cluster/port.js'
import type { Failure, Invalid } from '../../error.js'
import type { LabelSelector } from '../../model/meta/label-selector.js'
import { printLabelSelector } from '../gardener/label-requirements.js'
import { decodeShootSelector } from '../gardener/shoot-selector.js'
import type { FleetCluster } from './fleet-cluster.js'
import { renewedCluster } from './renewed-cluster.js'
import { type Access, kubeconfigOf, kubeconfigRequest, projects, shoots, unfitOf } from './shoot.js'

/** Nothing is there to work on: no Shoot, no Secret has these labels. */
export interface NoClusters extends Failure {
  readonly _tag: 'NoClusters'
}

/** Of which garden and project the Shoots are, and how long their credentials live. */
export interface ShootOptions {
  /** The garden: its virtual cluster, where Projects and Shoots are. */
  readonly garden: Cluster
  readonly project: string
  /** By the labels of Shoots. Default: all of the project. */
  readonly selector?: LabelSelector
  /** How long credentials live; others are got when two thirds of that are over. At least 600, the default. */
  readonly expirationSeconds?: number
  /** Makes a cluster of a kubeconfig. Default: `kubeCluster`, for one that holds its credentials itself. */
  readonly connect?: Connect
  readonly signal?: AbortSignal
}

const Project = t.type({ spec: t.type({ namespace: t.string }) })
const Issued = t.type({ status: t.type({ kubeconfig: t.string }) })

/** Gardener's own least. */
const leastSeconds = 600

interface Place {
  readonly namespace: string
  readonly name: string
}

const open =
  (options: ShootOptions, { namespace, name }: Place, access: Access): TaskEither<ClusterError, Cluster> =>
  async () => {
    const { garden, expirationSeconds = leastSeconds, connect = connectKubeconfig, signal } = options
    const request = kubeconfigRequest(access, namespace, expirationSeconds)
    const call = signal === undefined ? {} : { signal }
    const issued = await garden.create(kubeconfigOf(name, access), request, call)()
    if (E.isLeft(issued)) return issued
    const decoded = Issued.decode(issued.right)
    if (E.isRight(decoded)) return connect(Buffer.from(decoded.right.status.kubeconfig, 'base64').toString())
    return E.left({
      _tag: 'Unanswered',
      request: `get the ${access} kubeconfig of the Shoot ${namespace}/${name}`,
      message: `the garden's reply for the Shoot ${namespace}/${name} has no kubeconfig`,
      hint: 'is the garden of Gardener 1.57 or later?',
    })
  }

const clusterOf =
  (options: ShootOptions) =>
  (shoot: KubeObject): FleetCluster => {
    const { name, namespace = '', labels } = shoot.metadata
    const { project, expirationSeconds = leastSeconds } = options
    const unfit = unfitOf(shoot)
    const as = (access: Access): Cluster =>
      renewedCluster({
        open: open(options, { namespace, name }, access),
        target: { description: `shoot ${project}/${name}`, namespace: 'default' },
        renewMs: (expirationSeconds * 1000 * 2) / 3,
      })
    return {
      name: `${project}/${name}`,
      cluster: as('admin'),
      viewer: as('viewer'),
      ...(labels === undefined ? {} : { labels }),
      ...(unfit === undefined ? {} : { unfit }),
    }
  }

/**
 * The shoots of a project, each as a `Cluster` with credentials that live for minutes: got from the garden with the first call,
 * and anew when they get old. `plan` and `status` go by those of a viewer. Shoots that sleep or have no Calico are among them,
 * `unfit`. Reads the Project and its Shoots; asks for no credentials yet.
 *
 * **Errors**: `ClusterError` of the garden; `Invalid` for the selector; `NoClusters` where it selects nothing.
 *
 * **Source**: Gardener's `docs/usage/shoot/shoot_access.md`.
 *
 * @example
 * const clusters = shootClusters({ garden: kubeCluster({ context: 'garden' }), project: 'core' })
 * await clusters() // => Right, or Left where there is no such context
 */
export const shootClusters = (
  options: ShootOptions,
): TaskEither<ClusterError | Invalid | NoClusters, ReadonlyArray<FleetCluster>> =>
  task(async (unwrap, fail) => {
    const { garden, project, selector, signal } = options
    const call = signal === undefined ? {} : { signal }
    const given = { option: 'selector', forAll: 'leave it out' }
    const checked = selector === undefined ? 'all' : await unwrap(decodeShootSelector(selector, given))
    const found = Project.decode(await unwrap(garden.get({ type: projects, name: project }, call)))
    if (E.isLeft(found)) {
      const message = `the project ${project} has no namespace yet`
      return fail({ _tag: 'NoClusters', message, hint: 'wait until it is ready' })
    }
    const { namespace } = found.right.spec
    const labelled = checked === 'all' ? {} : { labelSelector: printLabelSelector(checked) }
    const { items } = await unwrap(garden.list(shoots, { ...call, namespace, ...labelled }))
    if (items.length > 0) return items.map(clusterOf(options))
    const which = checked === 'all' ? '' : ` with ${printLabelSelector(checked)}`
    const hint = 'look at the labels of the Shoots: kubectl get shoots --show-labels'
    return fail({ _tag: 'NoClusters', message: `the project ${project} has no Shoot${which}`, hint })
  })
