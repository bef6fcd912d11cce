import { setTimeout as sleep } from 'node:timers/promises'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { inParallel } from '../../async/parallel.js'
import { task } from '../../async/task.js'
import type { KubeObject } from '../../cluster/port.js'
import { type CalicoctlOutput, joinOutput } from '../calicoctl/output.js'
import type { RunnerError } from '../error.js'
import type { JobPlan, ShardGroup } from './job-plan.js'
import type { JobRunContext } from './job-run-context.js'
import type { EndedPod } from './job-status.js'
import { startNext } from './provision.js'
import { readOutput } from './read-logs.js'
import { awaitPods, type PodOutcome } from './wait-for-pods.js'

/** Rights are handed out through caches: what was bound a moment ago may not hold yet on every API server. */
const youthMs = 10_000
const mostAttempts = 4

const isDenied = ({ exits }: EndedPod, output: CalicoctlOutput): boolean =>
  exits.some(({ exitCode }) => exitCode !== 0) &&
  /is forbidden: User "|connection is unauthorized: Unauthorized/.test(joinOutput([output]))

/**
 * Runs one Job after the other, the first of which has been made, and adds to `output` what each calicoctl printed. Groups whose rights do not hold yet are tried again, by another Job.
 */
export const runJobs = (
  context: JobRunContext,
  firstJob: KubeObject,
  output: Array<CalicoctlOutput>,
): TaskEither<RunnerError, PodOutcome> =>
  task(async (unwrap) => {
    const { spec, settings, signal } = context
    const bound = Date.now()
    const ended = new Map<ShardGroup, EndedPod>()
    let jobs = 0
    const nextJob = async (plan: JobPlan): Promise<KubeObject> => {
      jobs += 1
      return jobs === 1 ? firstJob : unwrap(startNext(context, { plan, number: jobs, first: firstJob }))
    }
    for (const plan of spec.jobs) {
      for (let open = plan, n = 1; open.length > 0; n++) {
        const job = await nextJob(open)
        const outcome = await unwrap(awaitPods(context, job, open.length))
        if (outcome._tag === 'Failed') return outcome
        const pairs = open.flatMap((group, index) => {
          const pod = outcome.pods[index]
          return pod === undefined ? [] : [{ group, pod }]
        })
        const told = await inParallel(pairs, async ({ group, pod }) => {
          const printed = await readOutput(context, pod, group.batch)
          output.push(printed)
          ended.set(group, pod)
          return { group, denied: isDenied(pod, printed) }
        })
        const young = settings.rbac === 'provision' && n < mostAttempts && Date.now() - bound < youthMs
        open = young ? told.flatMap(({ group, denied }) => (denied ? [group] : [])) : []
        if (open.length > 0) await sleep(n * 500, undefined, { signal }).catch(() => undefined)
      }
    }
    return { _tag: 'Ended', pods: [...ended.values()] }
  })
