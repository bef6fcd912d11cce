import type * as E from 'fp-ts/lib/Either.js'
import { task } from '../../async/task.js'
import { programFor } from '../calicoctl/image.js'
import type { CalicoctlOutput, RunOutput } from '../calicoctl/output.js'
import type { RunnerError } from '../error.js'
import type { Batch } from '../plan/batch.js'
import type { RunContext } from '../run-context.js'
import { verifyInput } from './integrity.js'
import { type RunSpec, runName } from './job.js'
import { planJobs } from './job-plan.js'
import { provision } from './provision.js'
import type { Requirements } from './requirements.js'
import { runJobs } from './run-jobs.js'
import type { PodOutcome } from './wait-for-pods.js'

/** What calicoctl did, in one pod or in several. */
export interface PodExecution {
  readonly result: E.Either<RunnerError, PodOutcome>
  readonly output: RunOutput
}

/** What a run is given: its id, and what it writes. */
export interface PodRun {
  readonly run: string
  readonly batch: Batch
}

const specFor = (
  { settings, calico }: RunContext,
  { run, batch }: PodRun,
  { namespace, makeNamespace }: Requirements,
): RunSpec => ({
  owner: settings.owner,
  run,
  namespace,
  makeNamespace,
  serviceAccount: settings.rbac === 'provision' ? runName(run) : settings.rbac.serviceAccount,
  program: programFor(calico, settings.image),
  pod: settings.pod,
  jobs: planJobs(batch, settings.partSize),
  // Later than the client's own deadline, so that a client that lives reads what happened.
  deadlineSeconds: Math.ceil(settings.timeoutMs / 1000) + 15,
  ttlSeconds: settings.ttlSeconds,
})

/** Provisions, runs calicoctl and reads what it printed. Never fails: the result is a value in it. */
export const execute = async (
  context: RunContext,
  podRun: PodRun,
  requirements: Requirements,
): Promise<PodExecution> => {
  const jobRun = { ...context, spec: specFor(context, podRun, requirements) }
  const output: Array<CalicoctlOutput> = []
  const result = await task<RunnerError, PodOutcome>(async (unwrap) => {
    context.emit({ _tag: 'Started', step: 'provision' })
    const { job, inputs } = await unwrap(provision(jobRun, requirements.grants))
    context.emit({ _tag: 'Started', step: 'calicoctl' })
    const outcome = await unwrap(runJobs(jobRun, job, output))
    if (outcome._tag === 'Ended') await unwrap(verifyInput(jobRun, inputs))
    return outcome
  })()
  return { result, output }
}
