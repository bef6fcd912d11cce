import { setTimeout as sleep } from 'node:timers/promises'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { inParallel } from '../../async/parallel.js'
import { attempt } from '../../async/task.js'
import type { CallOptions, Cluster, KubeObject } from '../../cluster/port.js'
import { joinSaid, type Saying } from '../calicoctl/output.js'
import type { RunnerError } from '../error.js'
import type { Emit } from '../event.js'
import type { RunSpec } from './job.js'
import type { Part, Wave } from './job-plan.js'
import type { EndedPod } from './job-status.js'
import { startNext } from './provision.js'
import { readSaying } from './read-logs.js'
import { awaitPods, type PodOutcome } from './wait-for-pods.js'

/** What was heard of each part, in its last attempt. */
export type Heard = Map<Part, Saying>

/** Where a run's Jobs go. */
export interface Ground {
  /** It is there already, and owns the rest. */
  readonly firstJob: KubeObject
  /** Whether the run has made its rights itself: they may be slow to hold. */
  readonly provisioned: boolean
  readonly patienceMs: number
}

/** Rights are handed out through caches: what was bound a moment ago may not hold yet on every API server. */
const youthMs = 10_000
const mostAttempts = 4

const isDenied = ({ exits }: EndedPod, saying: Saying): boolean =>
  exits.some(({ exitCode }) => exitCode !== 0) &&
  /is forbidden: User "|connection is unauthorized: Unauthorized/.test(joinSaid([saying]))

/**
 * Runs one Job after the other, the first of which has been made, and hears what each calicoctl says. Parts whose
 * rights do not hold yet are tried again, by another Job.
 */
export const runWaves = (
  cluster: Cluster,
  spec: RunSpec,
  { firstJob, provisioned, patienceMs }: Ground,
  heard: Heard,
  emit: Emit,
  options: CallOptions,
): TaskEither<RunnerError, PodOutcome> =>
  attempt(async (must) => {
    const bound = Date.now()
    const place = { run: spec.run, namespace: spec.namespace, provisioned, patienceMs }
    const ended = new Map<Part, EndedPod>()
    let jobs = 0
    const nextJob = async (wave: Wave): Promise<KubeObject> => {
      jobs += 1
      return jobs === 1 ? firstJob : must(startNext(cluster, spec, wave, firstJob, jobs, emit, options))
    }
    for (const wave of spec.waves) {
      for (let open = wave, n = 1; open.length > 0; n++) {
        const job = await nextJob(open)
        const outcome = await must(awaitPods(cluster, { ...place, job, parts: open.length }, emit, options))
        if (outcome._tag === 'Failed') return outcome
        const pairs = open.flatMap((part, index) => {
          const pod = outcome.pods[index]
          return pod === undefined ? [] : [{ part, pod }]
        })
        const told = await inParallel(pairs, async ({ part, pod }) => {
          const saying = await readSaying(cluster, pod, part.batch, emit, options)
          heard.set(part, saying)
          ended.set(part, pod)
          return { part, denied: isDenied(pod, saying) }
        })
        const young = provisioned && n < mostAttempts && Date.now() - bound < youthMs
        open = young ? told.flatMap(({ part, denied }) => (denied ? [part] : [])) : []
        if (open.length > 0) {
          const signalled = options.signal === undefined ? {} : { signal: options.signal }
          await sleep(n * 500, undefined, signalled).catch(() => undefined)
        }
      }
    }
    return { _tag: 'Ended', pods: [...ended.values()] }
  })
