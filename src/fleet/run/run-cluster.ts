import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Failure } from '../../error.js'
import type { RunnerError } from '../../runner/error.js'
import type { RunEvent } from '../../runner/event.js'
import { createRunner, type RunnerTE } from '../../runner/runner.js'
import type { FleetCluster } from '../cluster/fleet-cluster.js'
import type { ClusterResult, Counts } from './fleet-report.js'
import { type FleetTask, inputFor, type RunnerReport } from './fleet-task.js'

export interface ClusterCall {
  readonly task: FleetTask
  readonly signal: AbortSignal | undefined
  readonly onEvent: (event: RunEvent) => void
  readonly onReport: (report: RunnerReport) => void
}

/** The Runner of one cluster: as a viewer for what only reads, where there is such a one. */
const runnerFor = ({ cluster, viewer }: FleetCluster, { task, runner }: FleetTask) => {
  const reads = task === 'plan' || task === 'status'
  return createRunner({ ...runner, cluster: reads ? (viewer ?? cluster) : cluster })
}

const callOf = (
  te: RunnerTE,
  cluster: FleetCluster,
  { task, signal, onEvent }: ClusterCall,
): TaskEither<RunnerError, RunnerReport> => {
  const call = signal === undefined ? {} : { signal }
  const given = (flags: object) =>
    Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined))
  switch (task.task) {
    case 'plan': {
      const { prune, adopt, refuse } = task
      return te.plan(inputFor(task.resources, cluster), { ...call, ...given({ prune, adopt, refuse }) })
    }
    case 'apply': {
      const { prune, adopt, refuse, rollback } = task
      const options = { ...call, ...given({ prune, adopt, refuse, rollback }), onEvent }
      return te.apply(inputFor(task.resources, cluster), options)
    }
    case 'status':
      return te.status(call)
    case 'cleanup':
      return te.cleanup({ ...call, onEvent })
  }
}

const tally = (words: ReadonlyArray<string>): Counts => {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

/** How many of each. */
const countsOf = (report: RunnerReport): Counts => {
  if ('items' in report)
    return tally(report.items.map((item) => ('outcome' in item ? item.outcome : item.action)))
  if ('removed' in report) {
    const { removed, restored, left } = report
    const back = restored.length === 0 ? {} : { restored: restored.length }
    return { removed: removed.length, ...back, left: left.length }
  }
  const drifted = report.resources.filter((it) => it.drifted).length
  return { resources: report.resources.length, drifted, runs: report.runs.length }
}

const reportIn = (failure: RunnerError): RunnerReport | undefined =>
  'report' in failure ? failure.report : undefined

/** Of a failure what fits a line: its reports are long, and each cluster has one. */
const brief = (failure: RunnerError): Failure => {
  const { _tag, message } = failure
  const said = failure._tag === 'Invalid' ? failure.issues.map((issue) => issue.message).join('; ') : message
  const hint = 'hint' in failure ? failure.hint : undefined
  return { _tag, message: said.slice(0, 500), ...(hint === undefined ? {} : { hint: hint.slice(0, 300) }) }
}

const wasStopped = (failure: RunnerError, signal: AbortSignal | undefined): boolean =>
  signal?.aborted === true && ['Aborted', 'Interrupted', 'TimedOut'].includes(failure._tag)

const resultOf = (
  name: string,
  ended: E.Either<RunnerError, RunnerReport>,
  signal: AbortSignal | undefined,
  elapsedMs: number,
): ClusterResult => {
  if (E.isRight(ended)) {
    const { right: report } = ended
    const calico = 'calico' in report ? report.calico : undefined
    const known = calico === undefined ? {} : { calico }
    return { cluster: name, outcome: 'done', ...known, counts: countsOf(report), elapsedMs }
  }
  const report = reportIn(ended.left)
  return {
    cluster: name,
    outcome: wasStopped(ended.left, signal) ? 'interrupted' : 'failed',
    failure: brief(ended.left),
    counts: report === undefined ? {} : countsOf(report),
    elapsedMs,
  }
}

const bug = (error: unknown): E.Either<RunnerError, never> =>
  E.left({
    _tag: 'BadOption',
    option: 'resources',
    message: `the resources of this cluster could not be made: ${error instanceof Error ? error.message : error}`,
    hint: 'correct the function that makes them',
  })

/** One cluster from beginning to end, whatever happens. Its connections are closed after it. */
export const runCluster = async (cluster: FleetCluster, call: ClusterCall): Promise<ClusterResult> => {
  const { name, unfit } = cluster
  if (unfit !== undefined)
    return { cluster: name, outcome: 'skipped', reason: unfit.reason, message: unfit.message }
  const start = Date.now()
  try {
    const ended = await Promise.resolve()
      .then(() => callOf(runnerFor(cluster, call.task).te, cluster, call)())
      .catch(bug)
    const report = E.isRight(ended) ? ended.right : reportIn(ended.left)
    if (report !== undefined) call.onReport(report)
    return resultOf(name, ended, call.signal, Date.now() - start)
  } finally {
    cluster.cluster.close()
    cluster.viewer?.close()
  }
}
