import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { task } from '../../async/task.js'
import type { KubeObject } from '../../cluster/port.js'
import { events, jobs, pods } from '../../cluster/resource-types.js'
import type { PodProblem, RunnerError } from '../error.js'
import { type CallContext, inGrace } from '../run-context.js'
import { runLabel } from '../state/owner-labels.js'
import type { JobRunContext } from './job-run-context.js'
import { type EndedPod, followJob } from './job-status.js'

const Warning = t.type({
  involvedObject: t.type({ name: t.string }),
  reason: t.string,
  message: t.string,
})

/** What the cluster warns of about a Job and its pods: the last five. None where events cannot be read. */
const warningsAbout = async (
  { cluster, signal }: CallContext,
  namespace: string,
  jobName: string,
): Promise<ReadonlyArray<string>> => {
  const listed = await cluster.list(events, { signal, namespace, fieldSelector: 'type=Warning' })()
  if (E.isLeft(listed)) return []
  return listed.right.items
    .flatMap((event) => {
      const decoded = Warning.decode(event)
      return E.isRight(decoded) && decoded.right.involvedObject.name.startsWith(jobName)
        ? [`${decoded.right.reason}: ${decoded.right.message}`.slice(0, 400)]
        : []
    })
    .slice(-5)
}

/** How the pods of a run ended. `Ended` has one for each group. */
export type PodOutcome =
  | { readonly _tag: 'Ended'; readonly pods: ReadonlyArray<EndedPod> }
  | {
      readonly _tag: 'Failed'
      readonly problem: PodProblem
      readonly reason: string
      readonly detail: string
      readonly events: ReadonlyArray<string>
    }

type Trouble = Omit<Extract<PodOutcome, { _tag: 'Failed' }>, '_tag' | 'events'>

const JobStatus = t.partial({ conditions: t.array(t.type({ type: t.string, reason: t.string })) })

/** Why the Job has failed, once it has. It first says that it will (`FailureTarget`), then removes its pod. */
const jobFailure = (job: KubeObject): string | undefined => {
  const status = JobStatus.decode(job.status ?? {})
  if (E.isLeft(status)) return undefined
  return status.right.conditions?.find(({ type }) => type === 'Failed' || type === 'FailureTarget')?.reason
}

const isMissingAccount = (line: string): boolean => /service ?account .*not found/i.test(line)

/** Why there is no pod: the Job is gone, its time is up, or an admission plugin keeps the pod from being made. */
const withoutPod = (
  job: KubeObject | undefined,
  said: ReadonlyArray<string>,
  { lost, provisioned }: { readonly lost: boolean; readonly provisioned: boolean },
): Trouble | undefined => {
  const failure = job === undefined ? undefined : jobFailure(job)
  if (failure === 'DeadlineExceeded') {
    return { problem: 'DeadlineExceeded', reason: failure, detail: 'the pod did not end in time' }
  }
  if (lost || job === undefined || failure !== undefined) {
    return { problem: 'Vanished', reason: 'Gone', detail: 'the pod was deleted by someone else' }
  }
  const refusals = said.filter((line) => line.startsWith('FailedCreate'))
  const account = refusals.find(isMissingAccount)
  if (account !== undefined && !provisioned) {
    return { problem: 'NoServiceAccount', reason: 'FailedCreate', detail: account }
  }
  const refusal = refusals.find((line) => !isMissingAccount(line))
  return refusal === undefined
    ? undefined
    : { problem: 'NotAdmitted', reason: 'FailedCreate', detail: refusal }
}

const ownedBy =
  (job: KubeObject) =>
  (pod: KubeObject): boolean =>
    pod.metadata.ownerReferences?.some(({ uid }) => uid === job.metadata.uid) === true

/** Follows a Job's pods by short polls, which see what a lost watch event would not tell, until all have ended. */
export const awaitPods = (
  context: JobRunContext,
  job: KubeObject,
  groups: number,
): TaskEither<RunnerError, PodOutcome> =>
  task(async (unwrap) => {
    const { cluster, settings, emit, signal } = context
    const { run, namespace } = context.spec
    const { name } = job.metadata
    const provisioned = settings.rbac === 'provision'
    const follow = followJob(groups)
    let shown = ''
    let troubleSince: number | undefined
    let trouble: Trouble | undefined
    const show = (phase: string, reason?: string) => {
      const text = reason === undefined ? phase : `${phase} (${reason})`
      if (text === shown) return
      shown = text
      emit({ _tag: 'Pod', phase, ...(reason === undefined ? {} : { reason }) })
    }
    const failed = async (why: Trouble, within: CallContext = context): Promise<PodOutcome> => ({
      _tag: 'Failed',
      problem: why.problem,
      reason: why.reason,
      detail: why.detail,
      events: await warningsAbout(within, namespace, name),
    })
    const impatient = (): boolean => {
      troubleSince ??= Date.now()
      return Date.now() - troubleSince >= settings.patienceMs
    }
    const jobNow = async (): Promise<KubeObject | undefined> => {
      const found = await cluster.get({ type: jobs, namespace, name }, context)()
      return E.isLeft(found) && found.left._tag === 'NotFound' ? undefined : unwrap(found)
    }
    for (let round = 0; ; round++) {
      const labelSelector = `${runLabel}=${run}`
      const listed = await cluster.list(pods, { signal, namespace, labelSelector })()
      if (E.isLeft(listed) && listed.left._tag === 'TimedOut') {
        const detail = `${shown.trim() === '' ? 'there was no pod yet' : `the pod was ${shown}`} when the time was up`
        const late = trouble ?? { problem: 'DeadlineExceeded', reason: 'TimedOut', detail }
        return failed(late, inGrace(context, 2_000))
      }
      const found = (await unwrap(listed)).items.filter(ownedBy(job))
      const state = follow(found)
      if (state._tag === 'NoPod') {
        const warnings = round % 5 === 4 ? await warningsAbout(context, namespace, name) : []
        const why = withoutPod(await jobNow(), warnings, { lost: state.lost, provisioned })
        // What keeps the next pod out may go with the one that has just ended.
        const passes = state.begun && why?.problem === 'NotAdmitted' && !impatient()
        if (why !== undefined && !passes) return failed(why)
      } else {
        if (state._tag === 'Ended') {
          show('Ended')
          return state
        }
        trouble = state._tag === 'Problem' ? state : undefined
        if (state._tag === 'Waiting') troubleSince = undefined
        show(state._tag === 'Waiting' ? state.phase : state.problem, state.reason)
        if (state._tag === 'Problem' && (state.final || impatient())) return failed(state)
      }
      await sleep(round < 40 ? 150 : 500, undefined, { signal }).catch(() => undefined)
    }
  })
