import { setTimeout as sleep } from 'node:timers/promises'
import type * as E from 'fp-ts/lib/Either.js'
import type { Cluster } from '../cluster/port.js'
import { attempt } from './attempt.js'
import type { Batch } from './batch.js'
import type { Calico } from './calico.js'
import { joinSaid, readSaid, type Said } from './calicoctl-log.js'
import type { RunnerError } from './error.js'
import type { Emit } from './event.js'
import { programFor } from './image.js'
import { shards } from './input.js'
import { verifyInput } from './integrity.js'
import { type RunSpec, runName } from './job.js'
import { provision, startAgain } from './provision.js'
import type { Grant } from './rbac.js'
import type { Settings } from './settings.js'
import { awaitPod, type PodOutcome } from './watch.js'

export interface Task {
  readonly cluster: Cluster
  readonly settings: Settings
  readonly calico: Calico
  readonly batch: Batch
  /** What the pod may do; empty where its service account exists. */
  readonly grants: ReadonlyArray<Grant>
  readonly namespace: string
  readonly makeNamespace: boolean
  readonly run: string
  readonly timeoutMs: number
  readonly emit: Emit
  readonly signal: AbortSignal
}

/** What calicoctl did, in one pod or, where its rights were slow to hold, in several. */
export interface Execution {
  readonly result: E.Either<RunnerError, PodOutcome>
  readonly said: Said
}

const specFor = ({ settings, calico, batch, run, timeoutMs, namespace, makeNamespace }: Task): RunSpec => ({
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
export const execute = async (task: Task): Promise<Execution> => {
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
