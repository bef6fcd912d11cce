import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { task } from '../../async/task.js'
import type { ClusterError } from '../../cluster/error.js'
import type { CallOptions, Cluster, KubeObject } from '../../cluster/port.js'
import { jobs, pods } from '../../cluster/resource-types.js'
import type { Failure } from '../../error.js'
import { secretsIn } from './job-spec.js'
import { readWorkEnd, type WorkEnd } from './work-result.js'

/** Where one cluster of a fleet's Job is. */
export interface IndexStatus {
  readonly index: number
  /** The Secret of its kubeconfig. */
  readonly cluster: string
  /** `retried`: it has failed, and is tried again. `unknown`: it ended, and its pod is gone with what it said. */
  readonly state: 'waiting' | 'running' | 'retried' | 'done' | 'failed' | 'unknown'
  /** What its last pod to end said. */
  readonly end?: WorkEnd
  /** Why it failed, where its pod could not say so itself. */
  readonly message?: string
  readonly attempts: number
}

/** Where a fleet's Job is, and each of its clusters. */
export interface FleetJobStatus {
  readonly name: string
  /** `paused`: it waits to be resumed. */
  readonly state: 'running' | 'paused' | 'complete' | 'failed'
  readonly message?: string
  readonly clusters: ReadonlyArray<IndexStatus>
  readonly counts: Readonly<Record<IndexStatus['state'], number>>
}

/** There is a Job of that name, and none of a fleet. */
export interface NoFleetJob extends Failure {
  readonly _tag: 'NoFleetJob'
}

const Condition = t.intersection([
  t.type({ type: t.string, status: t.string }),
  t.partial({ reason: t.string, message: t.string }),
])

const Status = t.partial({
  completedIndexes: t.string,
  failedIndexes: t.string,
  conditions: t.array(Condition),
})

/** `0-2,5` as numbers. */
export const readIndexes = (text = ''): ReadonlySet<number> =>
  new Set(
    text
      .split(',')
      .filter((part) => part !== '')
      .flatMap((part) => {
        const [from = 0, to = from] = part.split('-').map(Number)
        return Array.from({ length: to - from + 1 }, (_, index) => from + index)
      }),
  )

const Pod = t.type({
  status: t.partial({
    phase: t.string,
    message: t.string,
    containerStatuses: t.array(
      t.partial({
        state: t.partial({
          terminated: t.partial({ message: t.string, reason: t.string, exitCode: t.number }),
          waiting: t.partial({ reason: t.string, message: t.string }),
        }),
      }),
    ),
  }),
})

interface Attempt {
  readonly isOver: boolean
  readonly succeeded: boolean
  readonly runs: boolean
  readonly started: string
  readonly end?: WorkEnd
  readonly message?: string
}

const attemptOf = (pod: KubeObject): Attempt => {
  const decoded = Pod.decode(pod)
  const {
    phase = 'Pending',
    message: said,
    containerStatuses = [],
  } = E.isRight(decoded) ? decoded.right.status : {}
  const [{ state } = { state: {} }] = containerStatuses
  const text = state?.terminated?.message
  const end = text === undefined ? undefined : readWorkEnd(text)
  const { reason, exitCode } = state?.terminated ?? {}
  const ended = exitCode === undefined ? undefined : `its pod ended with ${exitCode} (${reason ?? 'Error'})`
  const words = state?.waiting?.message ?? state?.waiting?.reason ?? text ?? said ?? ended
  return {
    isOver: phase === 'Succeeded' || phase === 'Failed',
    succeeded: phase === 'Succeeded',
    runs: phase === 'Running',
    started: pod.metadata.creationTimestamp ?? '',
    ...(end === undefined ? {} : { end }),
    ...(end !== undefined || words === undefined || words === '' ? {} : { message: words.slice(0, 500) }),
  }
}

/** The last one first. One that succeeded is the last, also of those that began in the same second. */
const later = (a: Attempt, b: Attempt): number =>
  Number(b.succeeded) - Number(a.succeeded) || (a.started < b.started ? 1 : -1)

const indexKey = 'batch.kubernetes.io/job-completion-index'

const byIndex = (all: ReadonlyArray<KubeObject>): ReadonlyMap<number, ReadonlyArray<Attempt>> => {
  const found = new Map<number, ReadonlyArray<Attempt>>()
  for (const pod of all) {
    const index = Number(pod.metadata.annotations?.[indexKey] ?? Number.NaN)
    found.set(index, [...(found.get(index) ?? []), attemptOf(pod)])
  }
  return found
}

interface Known {
  readonly completed: ReadonlySet<number>
  readonly failed: ReadonlySet<number>
  readonly isOver: boolean
}

const stateOf = (index: number, attempts: ReadonlyArray<Attempt>, known: Known): IndexStatus['state'] => {
  if (known.completed.has(index)) return attempts.some(({ isOver }) => isOver) ? 'done' : 'unknown'
  if (known.failed.has(index)) return 'failed'
  // The Job was ended around it.
  if (known.isOver) return attempts.length === 0 ? 'waiting' : 'failed'
  if (attempts.some(({ isOver }) => isOver)) return 'retried'
  return attempts.some(({ runs }) => runs) ? 'running' : 'waiting'
}

const states = ['waiting', 'running', 'retried', 'done', 'failed', 'unknown'] as const

const statusOf = (
  job: KubeObject,
  secrets: ReadonlyArray<string>,
  all: ReadonlyArray<KubeObject>,
): FleetJobStatus => {
  const decoded = Status.decode(job.status ?? {})
  const { completedIndexes, failedIndexes, conditions = [] } = E.isRight(decoded) ? decoded.right : {}
  const end = conditions.find(
    ({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'),
  )
  const known: Known = {
    completed: readIndexes(completedIndexes),
    failed: readIndexes(failedIndexes),
    isOver: end !== undefined,
  }
  const found = byIndex(all)
  const clusters = secrets.map((cluster, index): IndexStatus => {
    const attempts = found.get(index) ?? []
    const last = [...attempts].sort(later).find(({ isOver }) => isOver)
    const told = last ?? attempts.at(-1)
    return {
      index,
      cluster,
      state: stateOf(index, attempts, known),
      ...(told?.end === undefined ? {} : { end: told.end }),
      ...(told?.message === undefined ? {} : { message: told.message }),
      attempts: attempts.length,
    }
  })
  const isPaused = Object(job.spec).suspend === true
  const state =
    end === undefined ? (isPaused ? 'paused' : 'running') : end.type === 'Complete' ? 'complete' : 'failed'
  const counts = states.map((one) => [one, clusters.filter((it) => it.state === one).length] as const)
  return {
    name: job.metadata.name,
    state,
    ...(end?.message === undefined ? {} : { message: end.message }),
    clusters,
    counts: Object.fromEntries(counts) as FleetJobStatus['counts'],
  }
}

/**
 * What became of each cluster of a fleet's Job: from the Job, and from what its pods said at their end. Reads only, and needs to
 * `get` Jobs and `list` pods in that namespace.
 *
 * **Errors**: `ClusterError`; `NoFleetJob` for a Job that is none of a fleet.
 *
 * @example
 * await fleetStatus(memoryCluster(), { namespace: 'default', name: 'guardrails-1' })() // => Left, with NotFound
 */
export const fleetStatus = (
  cluster: Cluster,
  { namespace, name, ...call }: { readonly namespace: string; readonly name: string } & CallOptions,
): TaskEither<ClusterError | NoFleetJob, FleetJobStatus> =>
  task(async (unwrap, fail) => {
    const job = await unwrap(cluster.get({ type: jobs, namespace, name }, call))
    const secrets = secretsIn(job)
    if (secrets.length === 0) {
      const message = `the Job ${namespace}/${name} is not a fleet's`
      return fail({ _tag: 'NoFleetJob', message, hint: 'name one that `fleet job` has printed' })
    }
    const labelSelector = `batch.kubernetes.io/job-name=${name}`
    const { items } = await unwrap(cluster.list(pods, { ...call, namespace, labelSelector }))
    return statusOf(job, secrets, items)
  })
