import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject } from '../../port.js'
import { array, record } from '../kinds/json.js'
import { types } from '../kinds/served-type.js'
import { type FailureRule, JobSpec } from '../registry/job-strategy.js'
import type { Registry } from '../registry/registry.js'

const Condition = t.intersection([
  t.type({ type: t.string, status: t.string }),
  t.partial({ reason: t.string, message: t.string, lastTransitionTime: t.string }),
])
export type Condition = t.TypeOf<typeof Condition>

const Status = t.partial({ startTime: t.string, conditions: t.array(Condition) })

/** What became of a pod of a Job. One that was deleted before it ended has failed. */
export interface Fate {
  readonly pod: KubeObject
  readonly outcome: 'active' | 'succeeded' | 'failed'
}

/** A Job with all the pods it ever had, as its controller sees them. */
export interface JobView {
  readonly job: KubeObject
  readonly spec: JobSpec
  readonly status: t.TypeOf<typeof Status>
  readonly fates: ReadonlyArray<Fate>
}

const phaseOf = (pod: KubeObject): string => String(record(pod.status).phase ?? 'Pending')

const outcomeOf = (pod: KubeObject): Fate['outcome'] => {
  const phase = phaseOf(pod)
  if (phase === 'Succeeded') return 'succeeded'
  return phase === 'Failed' || pod.metadata.deletionTimestamp !== undefined ? 'failed' : 'active'
}

/** The pods that are there now, and what was known of those that are not any more. */
export const followPods = (
  registry: Registry,
  job: KubeObject,
  known: ReadonlyArray<Fate>,
): ReadonlyArray<Fate> => {
  const present = registry.store
    .list(types.pods, job.metadata.namespace)
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === job.metadata.uid))
    .map((pod): Fate => ({ pod, outcome: outcomeOf(pod) }))
  const uids = new Set(present.map(({ pod }) => pod.metadata.uid))
  const gone = known
    .filter(({ pod }) => !uids.has(pod.metadata.uid))
    .map((fate): Fate => (fate.outcome === 'active' ? { ...fate, outcome: 'failed' } : fate))
  return [...gone, ...present]
}

/** Undefined when the object is not a Job that its strategy let in. */
export const viewJob = (job: KubeObject, fates: ReadonlyArray<Fate>): JobView | undefined => {
  const spec = JobSpec.decode(job.spec)
  const status = Status.decode(job.status ?? {})
  if (E.isLeft(spec) || E.isLeft(status)) return undefined
  return { job, spec: spec.right, status: status.right, fates }
}

export const conditionOf = ({ status }: JobView, ...wanted: ReadonlyArray<string>): Condition | undefined =>
  status.conditions?.find(({ type, status }) => wanted.includes(type) && status === 'True')

export const podsThat = ({ fates }: JobView, outcome: Fate['outcome']): ReadonlyArray<KubeObject> =>
  fates.filter((fate) => fate.outcome === outcome).map(({ pod }) => pod)

/** Which of an Indexed Job's completions the pod works at. */
export const indexOf = (pod: KubeObject): number =>
  Number(pod.metadata.annotations?.['batch.kubernetes.io/job-completion-index'] ?? Number.NaN)

interface Exited {
  readonly name: string
  readonly exitCode: number
}

const exitsOf = (pod: KubeObject): ReadonlyArray<Exited> =>
  array(record(pod.status).containerStatuses).flatMap((status) => {
    const { name, state } = record(status)
    const { exitCode } = record(record(state).terminated)
    return typeof exitCode === 'number' ? [{ name: String(name), exitCode }] : []
  })

/** What the first rule that fits a failed pod does about it. */
const actionOn = ({ spec }: JobView, pod: KubeObject): string | undefined => {
  const fits = ({ onExitCodes }: FailureRule): boolean =>
    exitsOf(pod).some(({ name, exitCode }) => {
      if (onExitCodes === undefined || exitCode === 0 || (onExitCodes.containerName ?? name) !== name)
        return false
      return onExitCodes.values.includes(exitCode) === (onExitCodes.operator === 'In')
    })
  return spec.podFailurePolicy?.rules.find(fits)?.action
}

/** The failed pods that count against the Job's limits. */
export const failures = (view: JobView): ReadonlyArray<KubeObject> =>
  podsThat(view, 'failed').filter((pod) => actionOn(view, pod) !== 'Ignore')

/** The indexes that are given up on, where each has a limit of its own. */
export const failedIndexes = (view: JobView): ReadonlyArray<number> => {
  const limit = view.spec.backoffLimitPerIndex
  if (limit === undefined) return []
  const attempts = new Map<number, number>()
  for (const pod of failures(view)) {
    const before = attempts.get(indexOf(pod)) ?? 0
    attempts.set(indexOf(pod), actionOn(view, pod) === 'FailIndex' ? Number.POSITIVE_INFINITY : before + 1)
  }
  return [...attempts].flatMap(([index, failed]) => (failed > limit ? [index] : []))
}

/** The pods that count as completions: in an Indexed Job, one for each index. */
export const completions = (view: JobView): ReadonlyArray<KubeObject> => {
  const succeeded = podsThat(view, 'succeeded')
  if (view.spec.completionMode !== 'Indexed') return succeeded
  return [...new Map([...succeeded].reverse().map((pod) => [indexOf(pod), pod])).values()].reverse()
}

const indexKey = 'batch.kubernetes.io/job-completion-index'

/** For each pod to create now, the index that it works at; undefined in a Job without indexes. */
export const missingPods = (view: JobView): ReadonlyArray<number | undefined> => {
  const { spec } = view
  const { parallelism = 1, completions: total = parallelism } = spec
  const active = podsThat(view, 'active')
  const done = completions(view)
  const given = failedIndexes(view)
  const room = Math.max(0, Math.min(parallelism, total - done.length - given.length) - active.length)
  if (spec.completionMode !== 'Indexed') return Array.from({ length: room }, () => undefined)
  const taken = new Set([...[...active, ...done].map(indexOf), ...given])
  const free = Array.from({ length: total }, (_, index) => index).filter((index) => !taken.has(index))
  return free.slice(0, room)
}

const withIndex = (container: unknown): unknown => {
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.annotations['${indexKey}']` }
  return {
    ...record(container),
    env: [...array(record(container).env), { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } }],
  }
}

/** The pod that a Job makes from its template. */
export const podOf = ({ job, spec }: JobView, index: number | undefined): KubeObject => {
  const { name, namespace = 'default', uid = '' } = job.metadata
  const { labels = {}, annotations = {} } = spec.template.metadata ?? {}
  const marks = index === undefined ? {} : { [indexKey]: String(index) }
  const template = record(record(record(job.spec).template).spec)
  const containers = array(template.containers).map(withIndex)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      generateName: `${name}-${index === undefined ? '' : `${index}-`}`,
      namespace,
      labels: { ...labels, ...marks },
      annotations: { ...annotations, ...marks },
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: true, blockOwnerDeletion: true },
      ],
    },
    spec: index === undefined ? template : { ...template, containers },
  }
}
