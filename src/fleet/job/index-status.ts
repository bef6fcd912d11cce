import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject } from '../../cluster/port.js'
import { readWorkEnd, type WorkEnd } from './work-result.js'

/** Where one cluster of a fleet's Job is. */
export interface IndexStatus {
  /** Among the Secrets that `toFleetJob` was given. */
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

/** What the Job says of its indexes. */
export interface Known {
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

/** Where each cluster is, by its Secret; the Job's pods may be in any order. */
export const indexStatuses = (
  secrets: ReadonlyArray<string>,
  pods: ReadonlyArray<KubeObject>,
  known: Known,
): ReadonlyArray<IndexStatus> => {
  const found = byIndex(pods)
  return secrets.map((cluster, index): IndexStatus => {
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
}
