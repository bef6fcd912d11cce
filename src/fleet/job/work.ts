import * as E from 'fp-ts/lib/Either.js'
import { type Connect, connectKubeconfig } from '../../cluster/foreign-kubeconfig.js'
import type { ClusterResult } from '../run/fleet-report.js'
import type { FleetTask } from '../run/fleet-task.js'
import { runCluster } from '../run/run-cluster.js'
import type { NotMounted } from './mounted-kubeconfig.js'
import { type Patience, patienceFor, untilFree } from './until-free.js'
import { exitOf, printWorkEnd } from './work-result.js'

export interface Work {
  /** What the index' Secret holds, or why it is not to be had. */
  readonly kubeconfig: E.Either<NotMounted, string>
  readonly task: FleetTask
  readonly connect?: Connect
  readonly signal?: AbortSignal
  /** With a cluster that another run holds. Default: as long as one can that was killed. */
  readonly patience?: Patience
}

/** How a pod ends, and its termination message. */
export interface Worked {
  readonly exitCode: number
  readonly message: string
}

const name = 'this cluster'

const failed = (failure: {
  readonly _tag: string
  readonly message: string
  readonly hint?: string
}): ClusterResult => ({
  cluster: name,
  outcome: 'failed',
  failure,
  counts: {},
  elapsedMs: 0,
})

const resultOf = async ({
  kubeconfig,
  task,
  connect = connectKubeconfig,
  signal,
}: Work): Promise<ClusterResult> => {
  if (E.isLeft(kubeconfig)) return failed(kubeconfig.left)
  const cluster = await connect(kubeconfig.right)
  if (E.isLeft(cluster)) return failed(cluster.left)
  const ignore = () => undefined
  return runCluster({ name, cluster: cluster.right }, { task, signal, onEvent: ignore, onReport: ignore })
}

/** What one pod of a fleet's Job does: the task on the cluster of its index. */
export const workOnIndex = async (work: Work): Promise<Worked> => {
  const { task, patience = patienceFor(task.runner), signal } = work
  const result = await untilFree(() => resultOf(work), patience, signal)
  return { exitCode: exitOf(result), message: printWorkEnd(result) }
}
