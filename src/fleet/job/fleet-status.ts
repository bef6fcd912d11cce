import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { task } from '../../async/task.js'
import type { ClusterError } from '../../cluster/error.js'
import type { CallOptions, Cluster, KubeObject } from '../../cluster/port.js'
import { jobs, pods } from '../../cluster/resource-types.js'
import type { Failure } from '../../error.js'
import { type IndexStatus, indexStatuses, readIndexes } from './index-status.js'
import { fleetLabels, jobsAnnotation, secretsIn } from './job-spec.js'

/** Where a fleet's Job is, and each of its clusters. */
export interface FleetJobStatus {
  readonly name: string
  /**
   * `paused`: it waits to be resumed. `incomplete`: of its several Jobs some are not there, and nor are their clusters here.
   */
  readonly state: 'running' | 'paused' | 'complete' | 'failed' | 'incomplete'
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

const states = ['waiting', 'running', 'retried', 'done', 'failed', 'unknown'] as const

type JobStatus = Omit<FleetJobStatus, 'name' | 'counts'>

const statusOf = (job: KubeObject, all: ReadonlyArray<KubeObject>): JobStatus => {
  const decoded = Status.decode(job.status ?? {})
  const { completedIndexes, failedIndexes, conditions = [] } = E.isRight(decoded) ? decoded.right : {}
  const end = conditions.find(
    ({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'),
  )
  const isPaused = Object(job.spec).suspend === true
  const state =
    end === undefined ? (isPaused ? 'paused' : 'running') : end.type === 'Complete' ? 'complete' : 'failed'
  const clusters = indexStatuses(secretsIn(job), all, {
    completed: readIndexes(completedIndexes),
    failed: readIndexes(failedIndexes),
    isOver: end !== undefined,
  })
  return { state, ...(end?.message === undefined ? {} : { message: end.message }), clusters }
}

/** Of several Jobs as of one: it runs while one of them does. */
const stateOf = (all: ReadonlyArray<JobStatus>): JobStatus['state'] =>
  (['running', 'paused', 'failed'] as const).find((state) => all.some((it) => it.state === state)) ??
  'complete'

const together = (name: string, missing: number, all: ReadonlyArray<JobStatus>): FleetJobStatus => {
  const clusters = all.flatMap((it) => it.clusters).map((it, index) => ({ ...it, index }))
  const counts = states.map((one) => [one, clusters.filter((it) => it.state === one).length] as const)
  const state = missing === 0 ? stateOf(all) : 'incomplete'
  const said = new Set(all.filter((it) => it.state === state).flatMap(({ message }) => message ?? []))
  const absent = `${missing} of ${missing + all.length} Jobs missing: not created yet, or removed after the end`
  const message = missing === 0 ? [...said].join('; ') : absent
  return {
    name,
    state,
    ...(message === '' ? {} : { message }),
    clusters,
    counts: Object.fromEntries(counts) as FleetJobStatus['counts'],
  }
}

const numberOf = ({ metadata }: KubeObject): number => Number(metadata.name.split('-').at(-1))

/** How many Jobs the clusters were divided into. */
const countOf = ({ metadata }: KubeObject): number => Number(metadata.annotations?.[jobsAnnotation] ?? 1)

/** The one Job of the name, or those that the clusters were divided into, in their order. */
const jobsOf = (
  cluster: Cluster,
  namespace: string,
  name: string,
  call: CallOptions,
): TaskEither<ClusterError, ReadonlyArray<KubeObject>> =>
  task(async (unwrap, fail) => {
    const one = await cluster.get({ type: jobs, namespace, name }, call)()
    if (E.isRight(one)) return [one.right]
    if (one.left._tag !== 'NotFound') return fail(one.left)
    const labelSelector = printLabels(fleetLabels(name))
    const { items } = await unwrap(cluster.list(jobs, { ...call, namespace, labelSelector }))
    return items.length === 0 ? fail(one.left) : [...items].sort((a, b) => numberOf(a) - numberOf(b))
  })

const printLabels = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')

/**
 * What became of each cluster of a fleet's Job: from the Job, or the several that its clusters were divided into, and from what
 * its pods said at their end. Reads only, and needs to `get` and `list` Jobs and to `list` pods in that namespace.
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
    const found = await unwrap(jobsOf(cluster, namespace, name, call))
    if (found.some((job) => secretsIn(job).length === 0)) {
      const message = `the Job ${namespace}/${name} is not a fleet's`
      return fail({ _tag: 'NoFleetJob', message, hint: 'name one that `fleet job` has printed' })
    }
    const told: Array<JobStatus> = []
    for (const job of found) {
      // Each pod is as long as all of its Job's Secrets: those of one Job at a time.
      const labelSelector = `batch.kubernetes.io/job-name=${job.metadata.name}`
      const { items } = await unwrap(cluster.list(pods, { ...call, namespace, labelSelector }))
      told.push(statusOf(job, items))
    }
    const [first] = found
    const isOne = first === undefined || first.metadata.name === name
    return together(name, isOne ? 0 : Math.max(0, countOf(first) - found.length), told)
  })
