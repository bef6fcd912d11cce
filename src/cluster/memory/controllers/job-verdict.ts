import { timestamp } from '../kinds/clock.js'
import {
  type Condition,
  completions,
  conditionOf,
  failedIndexes,
  failures,
  indexOf,
  type JobView,
  podsThat,
} from './job.js'

export type Verdict = Pick<Condition, 'reason' | 'message'> & { readonly type: 'Complete' | 'Failed' }

/** When the Job's deadline passes, in milliseconds since 1970. */
export const deadlineOf = ({ spec, status }: JobView): number | undefined =>
  spec.activeDeadlineSeconds === undefined || status.startTime === undefined
    ? undefined
    : Date.parse(status.startTime) + spec.activeDeadlineSeconds * 1000

/** How the Job ends, once it is decided. */
export const verdictOn = (view: JobView, now: number): Verdict | undefined => {
  const { spec } = view
  const decided = conditionOf(view, 'FailureTarget')
  if (decided !== undefined) return { ...decided, type: 'Failed' }
  if (now >= (deadlineOf(view) ?? Number.POSITIVE_INFINITY)) {
    const message = 'Job was active longer than specified deadline'
    return { type: 'Failed', reason: 'DeadlineExceeded', message }
  }
  if (failures(view).length > spec.backoffLimit) {
    const message = 'Job has reached the specified backoff limit'
    return { type: 'Failed', reason: 'BackoffLimitExceeded', message }
  }
  const succeeded = completions(view).length
  const idle = podsThat(view, 'active').length === 0
  const given = failedIndexes(view).length
  if (given > 0 && succeeded + given >= (spec.completions ?? 0)) {
    return { type: 'Failed', reason: 'FailedIndexes', message: 'Job has failed indexes' }
  }
  const done = spec.completions === undefined ? succeeded > 0 && idle : succeeded >= spec.completions
  return done
    ? { type: 'Complete', reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' }
    : undefined
}

const heralds = { Complete: 'SuccessCriteriaMet', Failed: 'FailureTarget' } as const

/** `Suspended` as it should stand; none where the Job never was. */
const suspension = ({ spec, status }: JobView, now: number): Condition | undefined => {
  const given = status.conditions?.find(({ type }) => type === 'Suspended')
  const wanted = spec.suspend ? 'True' : 'False'
  if (given === undefined ? !spec.suspend : given.status === wanted) return given
  const [reason, message] = spec.suspend ? ['JobSuspended', 'Job suspended'] : ['JobResumed', 'Job resumed']
  return { type: 'Suspended', status: wanted, reason, message, lastTransitionTime: timestamp(now) }
}

const conditions = (view: JobView, verdict: Verdict | undefined, ended: boolean, now: number) => {
  const others = (view.status.conditions ?? []).filter(({ type }) => type !== 'Suspended')
  const suspended = suspension(view, now)
  const given = suspended === undefined ? others : [suspended, ...others]
  if (verdict === undefined) return given
  const wanted = ended ? [heralds[verdict.type], verdict.type] : [heralds[verdict.type]]
  const added = wanted
    .filter((type) => !given.some((one) => one.type === type))
    .map((type) => {
      const time = timestamp(now)
      return { ...verdict, type, status: 'True', lastProbeTime: time, lastTransitionTime: time }
    })
  return [...given, ...added]
}

/** Numbers as Kubernetes writes `completedIndexes`: `0-2,5`. */
const printIndexes = (indexes: ReadonlyArray<number>): string => {
  const runs: Array<[number, number]> = []
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === index - 1) last[1] = index
    else runs.push([index, index])
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

const counted = (name: string, count: number) => (count === 0 ? {} : { [name]: count })

/** The Job's status as it should read now. It is over once none of its pods runs any more. */
export const statusOf = (view: JobView, verdict: Verdict | undefined, now: number) => {
  const active = podsThat(view, 'active').length
  const ended = verdict !== undefined && active === 0
  const listed = conditions(view, verdict, ended, now)
  const done = completions(view)
  return {
    // A deadline counts from the time when it was last resumed.
    ...(view.spec.suspend ? {} : { startTime: view.status.startTime ?? timestamp(now) }),
    ...counted('active', active),
    ...counted('succeeded', done.length),
    ...counted('failed', failures(view).length),
    ready: 0,
    terminating: 0,
    uncountedTerminatedPods: {},
    ...(view.spec.completionMode === 'Indexed' ? { completedIndexes: printIndexes(done.map(indexOf)) } : {}),
    ...(view.spec.backoffLimitPerIndex === undefined
      ? {}
      : { failedIndexes: printIndexes(failedIndexes(view)) }),
    ...(ended && verdict.type === 'Complete' ? { completionTime: timestamp(now) } : {}),
    ...(listed.length === 0 ? {} : { conditions: listed }),
  }
}
