import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ClusterError } from '../cluster/error.js'
import type { CallOptions, Cluster, KubeObject } from '../cluster/port.js'
import { attempt } from './attempt.js'
import type { PodProblem, RunnerError } from './error.js'
import type { Emit } from './event.js'
import { runName } from './job.js'
import { runLabel } from './ownership.js'
import { type Exit, podState } from './pod-state.js'
import { events, jobs, pods } from './types.js'

/** How the pod of a run ended. */
export type PodOutcome =
  | { readonly _tag: 'Ended'; readonly pod: KubeObject; readonly exits: ReadonlyArray<Exit> }
  | {
      readonly _tag: 'Failed'
      readonly problem: PodProblem
      readonly reason: string
      readonly detail: string
      readonly events: ReadonlyArray<string>
    }

export interface RunPlace {
  readonly run: string
  readonly namespace: string
  /** How long a problem that may pass by itself is waited for. */
  readonly patienceMs: number
}

type Trouble = Omit<Extract<PodOutcome, { _tag: 'Failed' }>, '_tag' | 'events'>

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What the cluster says of the run's Job and pods: the last few warnings. */
const warnings = async (
  cluster: Cluster,
  place: RunPlace,
  options: CallOptions,
): Promise<ReadonlyArray<string>> => {
  const listed = await cluster.list(events, {
    ...options,
    namespace: place.namespace,
    fieldSelector: 'type=Warning',
  })()
  if (E.isLeft(listed)) return []
  return listed.right.items
    .filter((event) =>
      text((event.involvedObject as { name?: unknown } | undefined)?.name).startsWith(runName(place.run)),
    )
    .map((event) => `${text(event.reason)}: ${text(event.message)}`.slice(0, 400))
    .slice(-5)
}

const deadlineExceeded = (job: KubeObject): boolean => {
  const { conditions } = (job.status ?? {}) as { readonly conditions?: unknown }
  const list: ReadonlyArray<{ readonly type?: unknown; readonly reason?: unknown }> = Array.isArray(
    conditions,
  )
    ? conditions
    : []
  return list.some((condition) => condition.type === 'Failed' && condition.reason === 'DeadlineExceeded')
}

/** Why there is no pod: the Job is gone, its time is up, or an admission plugin keeps the pod from being made. */
const withoutPod = (
  job: E.Either<ClusterError, KubeObject>,
  said: ReadonlyArray<string>,
  seen: boolean,
): Trouble | undefined => {
  if (E.isRight(job) && deadlineExceeded(job.right)) {
    return { problem: 'DeadlineExceeded', reason: 'DeadlineExceeded', detail: 'the pod did not end in time' }
  }
  if (seen || E.isLeft(job))
    return { problem: 'Vanished', reason: 'Gone', detail: 'the pod was deleted by someone else' }
  const refusal = said.find(
    (line) => line.startsWith('FailedCreate') && !/service ?account .*not found/i.test(line),
  )
  return refusal === undefined
    ? undefined
    : { problem: 'NotAdmitted', reason: 'FailedCreate', detail: refusal }
}

/** Follows one run's pod by short polls, which see what a lost watch event would not tell, until it has ended. */
export const awaitPod = (
  cluster: Cluster,
  place: RunPlace,
  emit: Emit,
  options: CallOptions,
): TaskEither<RunnerError, PodOutcome> =>
  attempt(async (must) => {
    let seen = false
    let shown = ''
    let troubleSince: number | undefined
    const show = (phase: string, reason?: string) => {
      if (shown !== `${phase} ${reason}`)
        emit({ _tag: 'Pod', phase, ...(reason === undefined ? {} : { reason }) })
      shown = `${phase} ${reason}`
    }
    const failed = async (trouble: Trouble): Promise<PodOutcome> => ({
      problem: trouble.problem,
      reason: trouble.reason,
      detail: trouble.detail,
      _tag: 'Failed',
      events: await warnings(cluster, place, options),
    })
    const impatient = (): boolean => {
      troubleSince ??= Date.now()
      return Date.now() - troubleSince >= place.patienceMs
    }
    for (let round = 0; ; round++) {
      const selector = { namespace: place.namespace, labelSelector: `${runLabel}=${place.run}` }
      const [pod] = (await must(cluster.list(pods, { ...options, ...selector }))).items
      if (pod === undefined) {
        const job = await cluster.get(
          { type: jobs, namespace: place.namespace, name: runName(place.run) },
          options,
        )()
        const said = round % 5 === 4 ? await warnings(cluster, place, options) : []
        const trouble = withoutPod(job, said, seen)
        if (trouble !== undefined) return failed(trouble)
      } else {
        seen = true
        const state = podState(pod)
        if (state._tag === 'Ended') {
          show('Ended')
          return { _tag: 'Ended', pod, exits: state.exits }
        }
        if (state._tag === 'Waiting') troubleSince = undefined
        show(state._tag === 'Waiting' ? state.phase : state.problem, state.reason)
        if (state._tag === 'Problem' && (state.final || impatient())) return failed(state)
      }
      await sleep(
        round < 40 ? 150 : 500,
        undefined,
        options.signal === undefined ? {} : { signal: options.signal },
      ).catch(() => undefined)
    }
  })
