import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { sharedSignal } from '../../async/shared-signal.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import { type Run, startRun } from '../../runner/run.js'
import type { FleetCluster } from '../cluster/fleet-cluster.js'
import {
  type ClusterResult,
  countOutcomes,
  type FleetEvent,
  type FleetIncomplete,
  type FleetReport,
  incomplete,
  messageOf,
} from './fleet-report.js'
import type { FleetTask, RunnerReport } from './fleet-task.js'
import { type FleetRollout, inWaves, rolloutIssues } from './rollout.js'
import { runCluster } from './run-cluster.js'
import { taskIssues } from './task-issues.js'
import { verifyCluster } from './verify.js'

/** How many clusters at a time, in which waves, and when to stop. */
export interface FleetOptions {
  /** How many clusters at a time. Default: 10. */
  readonly concurrency?: number
  /** Default: one wave of all clusters. */
  readonly rollout?: FleetRollout
  /** No further cluster is begun once so many have failed. Default: 1 with a rollout; without one, all are tried. */
  readonly stopAfterFailures?: number
  /** Stops all: what is under way ends as a Runner's call does, and is named. */
  readonly signal?: AbortSignal
  /** The Runner's own report of each cluster, as it comes. It is not kept. */
  readonly onReport?: (cluster: FleetCluster, report: RunnerReport) => void
}

/** Why a call on many clusters fails. */
export type FleetError = Invalid | FleetIncomplete

const countIssue = (option: string, value: number | undefined): ReadonlyArray<Issue> =>
  value === undefined || (Number.isInteger(value) && value > 0) || value === Number.POSITIVE_INFINITY
    ? []
    : [
        {
          rule: 'bad-option',
          path: [option],
          message: `${option} is ${value}`,
          hint: 'write a whole number greater than 0',
        },
      ]

const twice = (clusters: ReadonlyArray<FleetCluster>): ReadonlyArray<Issue> => {
  const seen = new Set<string>()
  return clusters.flatMap(({ name }, index) => {
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    const hint = "leave one out: two runs of one owner on one cluster are in each other's way"
    return [
      { rule: 'bad-option', path: ['clusters', index], message: `there are two clusters ${name}`, hint },
    ]
  })
}

const issuesOf = (clusters: ReadonlyArray<FleetCluster>, options: FleetOptions): ReadonlyArray<Issue> => [
  ...twice(clusters),
  ...countIssue('concurrency', options.concurrency),
  ...countIssue('stopAfterFailures', options.stopAfterFailures),
  ...(options.rollout === undefined ? [] : rolloutIssues(options.rollout)),
]

/** The items, so many at a time; none is begun any more when `isOver` says so. */
const eachOf = async <A>(
  items: ReadonlyArray<A>,
  atOnce: number,
  isOver: () => boolean,
  run: (item: A) => Promise<void>,
): Promise<void> => {
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) {
      if (isOver()) return
      await run(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
}

interface Progress {
  readonly results: Map<string, ClusterResult>
  readonly emit: (event: FleetEvent) => void
  readonly stopped: () => string | undefined
}

const failuresIn = (results: ReadonlyMap<string, ClusterResult>): number =>
  [...results.values()].filter(({ outcome }) => outcome === 'failed').length

const workAt = async (
  wave: ReadonlyArray<FleetCluster>,
  task: FleetTask,
  options: FleetOptions,
  { results, emit, stopped }: Progress,
): Promise<void> => {
  const { concurrency = 10, signal, onReport } = options
  await eachOf(
    wave,
    concurrency,
    () => stopped() !== undefined,
    async (cluster) => {
      const { name } = cluster
      if (cluster.unfit === undefined) emit({ _tag: 'Begun', cluster: name })
      const result = await runCluster(cluster, {
        task,
        signal,
        onEvent: (event) => {
          if (event._tag === 'Started') emit({ _tag: 'Step', cluster: name, step: event.step })
        },
        onReport: (report) => onReport?.(cluster, report),
      })
      results.set(name, result)
      const message = messageOf(result)
      const { outcome } = result
      emit({ _tag: 'Ended', cluster: name, outcome, ...(message === undefined ? {} : { message }) })
    },
  )
}

const verifyWave = async (
  wave: ReadonlyArray<FleetCluster>,
  task: FleetTask,
  options: FleetOptions,
  { results }: Progress,
): Promise<number> => {
  const { concurrency = 10, rollout: { verify, settleMs = 0 } = {}, signal } = options
  if (verify === undefined) return 0
  await sleep(settleMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  let failed = 0
  const done = wave.filter(({ name }) => results.get(name)?.outcome === 'done')
  await eachOf(
    done,
    concurrency,
    () => signal?.aborted === true,
    async (cluster) => {
      const fault = await verifyCluster(verify, task, cluster, signal)
      const result = results.get(cluster.name)
      if (fault === undefined || result?.outcome !== 'done') return
      failed += 1
      const failure = { _tag: 'NotVerified', message: fault, hint: 'look at this cluster before you go on' }
      const { counts, elapsedMs } = result
      results.set(cluster.name, { cluster: cluster.name, outcome: 'failed', failure, counts, elapsedMs })
    },
  )
  return failed
}

const work = async (
  clusters: ReadonlyArray<FleetCluster>,
  task: FleetTask,
  options: FleetOptions,
  emit: Progress['emit'],
): Promise<FleetReport> => {
  const start = Date.now()
  const {
    rollout,
    signal,
    stopAfterFailures = rollout === undefined ? Number.POSITIVE_INFINITY : 1,
  } = options
  const results = new Map<string, ClusterResult>()
  const stopped = (): string | undefined => {
    if (signal?.aborted === true) return 'it was stopped'
    const failed = failuresIn(results)
    return failed < stopAfterFailures ? undefined : `${failed} ${failed === 1 ? 'has' : 'have'} failed`
  }
  const waves = inWaves(clusters, rollout?.waves)
  for (const [index, wave] of waves.entries()) {
    if (stopped() !== undefined) break
    emit({ _tag: 'Wave', wave: index + 1, of: waves.length, clusters: wave.length })
    const progress = { results, emit, stopped }
    await workAt(wave, task, options, progress)
    const failed = await verifyWave(wave, task, options, progress)
    if (rollout?.verify !== undefined) emit({ _tag: 'Verified', wave: index + 1, failed })
  }
  const why = stopped()
  const all = clusters.map(
    ({ name }): ClusterResult =>
      results.get(name) ?? { cluster: name, outcome: 'not-begun', message: `not begun: ${why}` },
  )
  const isCut =
    why !== undefined && all.some(({ outcome }) => outcome === 'not-begun' || outcome === 'interrupted')
  if (isCut) emit({ _tag: 'Stopped', why })
  return {
    task: task.task,
    results: all,
    counts: countOutcomes(all),
    ...(isCut ? { stopped: why } : {}),
    elapsedMs: Date.now() - start,
  }
}

/**
 * One call of a Runner on each of many clusters: some at a time, in waves, with a gate after each. What fails is named with its
 * cause, and the others go on. It can be killed at any moment, and run again: what was done is unchanged then, and what was under
 * way is ended by each cluster itself. `await` it for its report, `for await` it for its events.
 *
 * **Errors**: `Invalid` for options that cannot be used; `FleetIncomplete` where a cluster failed, was interrupted or not begun, with
 * a report of every cluster. Clusters that are unfit are skipped, and no failure.
 *
 * @example
 * const clusters = [{ name: 'one', cluster: memoryCluster() }, { name: 'two', cluster: memoryCluster() }]
 * const task = { task: 'apply', resources: [globalNetworkPolicy('deny-all').denyIngress()], runner: { owner: 'fleet' } } as const
 * const { counts } = await runFleet(clusters, task, { concurrency: 2, rollout: { waves: [1], verify: 'status' } })
 * counts.done // => 2
 */
export const runFleet = (
  clusters: ReadonlyArray<FleetCluster>,
  task: FleetTask,
  options: FleetOptions = {},
): Run<FleetReport, FleetEvent, FleetError> =>
  startRun<FleetReport, FleetEvent, FleetError>((emit) => async () => {
    const usable = unlessIssues([...taskIssues(task), ...issuesOf(clusters, options)], clusters)
    if (E.isLeft(usable)) return usable
    const { signal, release } = sharedSignal(options.signal)
    const report = await work(clusters, task, { ...options, signal }, emit).finally(release)
    const failure = incomplete(report)
    return failure === undefined ? E.right(report) : E.left(failure)
  })
