import type * as E from 'fp-ts/lib/Either.js'
import { attempt } from '../../async/task.js'
import { programFor } from '../calicoctl/image.js'
import type { Said } from '../calicoctl/output.js'
import type { RunnerError } from '../error.js'
import type { Task } from '../write/transport.js'
import { verifyInput } from './integrity.js'
import { type RunSpec, runName } from './job.js'
import { waves } from './job-plan.js'
import { provision } from './provision.js'
import type { Place } from './requirements.js'
import { type Heard, runWaves } from './run-jobs.js'
import type { PodOutcome } from './wait-for-pods.js'

/** One run by a pod; its grants are empty where its service account exists. */
export type PodTask = Task & Place

/** What calicoctl did, in one pod or in several. */
export interface PodExecution {
  readonly result: E.Either<RunnerError, PodOutcome>
  readonly said: Said
}

const specFor = ({
  settings,
  calico,
  batch,
  run,
  timeoutMs,
  namespace,
  makeNamespace,
}: PodTask): RunSpec => ({
  owner: settings.owner,
  run,
  namespace,
  makeNamespace,
  serviceAccount: settings.rbac === 'provision' ? runName(run) : settings.rbac.serviceAccount,
  program: programFor(calico.version, settings.image),
  pod: settings.pod,
  waves: waves(batch, settings.partSize),
  // Later than the client's own deadline, so that a client that lives reads what happened.
  deadlineSeconds: Math.ceil(timeoutMs / 1000) + 15,
  ttlSeconds: settings.ttlSeconds,
})

/** Provisions, runs calicoctl and reads what it said. Never fails: the result is a value in it. */
export const execute = async (task: PodTask): Promise<PodExecution> => {
  const { cluster, settings, grants, emit, signal } = task
  const options = { signal }
  const spec = specFor(task)
  const heard: Heard = new Map()
  const result = await attempt<RunnerError, PodOutcome>(async (must) => {
    emit({ _tag: 'Started', step: 'provision' })
    const { job, inputs } = await must(provision(cluster, spec, grants, emit, options))
    emit({ _tag: 'Started', step: 'calicoctl' })
    const { patienceMs } = settings
    const ground = { firstJob: job, provisioned: settings.rbac === 'provision', patienceMs }
    const outcome = await must(runWaves(cluster, spec, ground, heard, emit, options))
    if (outcome._tag === 'Ended') await must(verifyInput(cluster, spec, inputs, options))
    return outcome
  })()
  return { result, said: [...heard.values()] }
}
