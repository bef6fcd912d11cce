import * as E from 'fp-ts/lib/Either.js'
import { types } from '../kinds/served-type.js'
import type { Registry } from '../registry/registry.js'
import { recordEvent } from './events.js'
import {
  conditionOf,
  type Fate,
  followPods,
  type JobView,
  missingPods,
  podOf,
  podsThat,
  viewJob,
} from './job.js'
import { deadlineOf, statusOf, type Verdict, verdictOn } from './job-verdict.js'
import { type Controller, earliest } from './loop.js'

interface JobPace {
  /** The first pause after a pod failed or was refused; each further one is twice as long. */
  readonly backoffMs: number
}

/** What the controller knows of one Job beyond what is stored. */
interface Notes {
  fates: ReadonlyArray<Fate>
  failures: number
  notBefore: number
}

const longestBackoffMs = 60_000
const component = 'job-controller'

const expire = (
  registry: Registry,
  { job, spec }: JobView,
  endedAt: string | undefined,
): number | undefined => {
  if (spec.ttlSecondsAfterFinished === undefined || endedAt === undefined) return undefined
  const due = Date.parse(endedAt) + spec.ttlSecondsAfterFinished * 1000
  if (due > registry.clock.now()) return due
  const { name, namespace, uid = '' } = job.metadata
  registry.remove(types.jobs, namespace, name, { propagationPolicy: 'Foreground', preconditions: { uid } })
  return undefined
}

/** Creates the pods that are missing, or says why one was refused. */
const spawn = (registry: Registry, view: JobView): string | undefined => {
  for (const index of missingPods(view)) {
    const created = registry.create(types.pods, podOf(view, index))
    if (E.isLeft(created)) {
      const message = `Error creating: ${created.left.message}`
      recordEvent(registry, view.job, { type: 'Warning', reason: 'FailedCreate', message, component })
      return message
    }
    const message = `Created pod: ${created.right.metadata.name}`
    recordEvent(registry, view.job, { type: 'Normal', reason: 'SuccessfulCreate', message, component })
  }
  return undefined
}

const announce = (registry: Registry, { job }: JobView, { type, reason = '', message = '' }: Verdict): void =>
  recordEvent(
    registry,
    job,
    type === 'Complete'
      ? { type: 'Normal', reason: 'Completed', message: 'Job completed', component }
      : { type: 'Warning', reason, message, component },
  )

/** Runs Jobs: pods from the template, retries, deadline, completion, and the time to live of what is finished. */
export const createJobController = ({ backoffMs }: JobPace): Controller => {
  const notes = new Map<string, Notes>()

  const pause = (note: Notes, now: number): void => {
    note.failures += 1
    note.notBefore = now + Math.min(longestBackoffMs, backoffMs * 2 ** (note.failures - 1))
  }

  const advance = (registry: Registry, view: JobView, note: Notes): number | undefined => {
    const now = registry.clock.now()
    const verdict = verdictOn(view, now)
    if (verdict !== undefined || view.spec.suspend) {
      for (const { metadata } of podsThat(view, 'active'))
        registry.remove(types.pods, metadata.namespace, metadata.name)
    }
    const status = statusOf(view, verdict, now)
    if (verdict !== undefined && podsThat(view, 'active').length === 0) announce(registry, view, verdict)
    registry.update(types.jobs, { ...view.job, status }, { status: true })
    if (verdict !== undefined || view.spec.suspend) return undefined
    if (now >= note.notBefore && spawn(registry, view) !== undefined) pause(note, now)
    return earliest(deadlineOf(view), note.notBefore > now ? note.notBefore : undefined)
  }

  return (registry) => {
    let again: number | undefined
    for (const job of registry.store.list(types.jobs)) {
      const uid = job.metadata.uid ?? ''
      const note = notes.get(uid) ?? { fates: [], failures: 0, notBefore: 0 }
      notes.set(uid, note)
      const failedBefore = note.fates.filter(({ outcome }) => outcome === 'failed').length
      note.fates = followPods(registry, job, note.fates)
      const failed = note.fates.filter(({ outcome }) => outcome === 'failed').length
      if (failed > failedBefore) pause(note, registry.clock.now())
      const view = viewJob(job, note.fates)
      if (view === undefined || job.metadata.deletionTimestamp !== undefined) continue
      const end = conditionOf(view, 'Complete', 'Failed')
      again = earliest(
        again,
        end === undefined ? advance(registry, view, note) : expire(registry, view, end.lastTransitionTime),
      )
    }
    return again
  }
}
