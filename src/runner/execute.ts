import { setTimeout as sleep } from 'node:timers/promises'
import type * as E from 'fp-ts/lib/Either.js'
import { attempt } from './attempt.js'
import { joinSaid, readSaid, type Said } from './calicoctl-log.js'
import type { RunnerError } from './error.js'
import { programFor } from './image.js'
import { shards } from './input.js'
import { verifyInput } from './integrity.js'
import { type RunSpec, runName } from './job.js'
import type { Place } from './place.js'
import { provision, startAgain } from './provision.js'
import type { Task } from './transport.js'
import { awaitPod, type PodOutcome } from './watch.js'

/** One run by a pod; its grants are empty where its service account exists. */
export type PodTask = Task & Place

/** What calicoctl did, in one pod or, where its rights were slow to hold, in several. */
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
  shards: shards(batch),
  // Later than the client's own deadline, so that a client that lives reads what happened.
  deadlineSeconds: Math.ceil(timeoutMs / 1000) + 15,
  ttlSeconds: settings.ttlSeconds,
})

/** Rights are handed out through caches: what was bound a moment ago may not hold yet on every API server. */
const youthMs = 10_000
const mostAttempts = 4

const isDenied = (outcome: PodOutcome, said: Said): boolean =>
  outcome._tag === 'Ended' &&
  outcome.exits.some(({ exitCode }) => exitCode !== 0) &&
  /is forbidden: User "|connection is unauthorized: Unauthorized/.test(joinSaid(said))

/** Provisions, runs calicoctl and reads what it said. Never fails: the result is a value in it. */
export const execute = async (task: PodTask): Promise<PodExecution> => {
  const { cluster, settings, grants, emit, signal, run } = task
  const options = { signal }
  const spec = specFor(task)
  const provisioned = settings.rbac === 'provision'
  let said: Said = {}
  const result = await attempt<RunnerError, PodOutcome>(async (must) => {
    emit({ _tag: 'Started', step: 'provision' })
    const ground = await must(provision(cluster, spec, grants, emit, options))
    const bound = Date.now()
    emit({ _tag: 'Started', step: 'calicoctl' })
    const place = { run, namespace: spec.namespace, provisioned, patienceMs: settings.patienceMs }
    for (let job = ground.job, n = 1; ; n++) {
      const outcome = await must(awaitPod(cluster, { ...place, job }, emit, options))
      if (outcome._tag === 'Failed') return outcome
      said = await readSaid(cluster, outcome, emit, options)
      const young = provisioned && n < mostAttempts && Date.now() - bound < youthMs
      if (!young || !isDenied(outcome, said)) {
        await must(verifyInput(cluster, spec, ground.inputs, options))
        return outcome
      }
      await sleep(n * 500, undefined, { signal }).catch(() => undefined)
      job = await must(startAgain(cluster, spec, ground.job, n + 1, emit, options))
    }
  })()
  return { result, said }
}
