import * as E from 'fp-ts/lib/Either.js'
import type { CallOptions, Cluster, KubeObject } from '../cluster/port.js'
import { attempt } from './attempt.js'
import type { Batch } from './batch.js'
import type { Calico } from './calico.js'
import type { RunnerError } from './error.js'
import type { Emit } from './event.js'
import { programFor } from './image.js'
import { shards } from './input.js'
import { type RunSpec, runName } from './job.js'
import { provision } from './provision.js'
import type { Grant } from './rbac.js'
import { reap } from './reap.js'
import type { Leftover, Name } from './report.js'
import type { Settings } from './settings.js'
import { pods } from './types.js'
import { awaitPod, type PodOutcome } from './watch.js'

export interface Task {
  readonly cluster: Cluster
  readonly settings: Settings
  readonly calico: Calico
  readonly batch: Batch
  /** What the pod may do; empty where its service account exists. */
  readonly grants: ReadonlyArray<Grant>
  readonly namespace: string
  readonly run: string
  readonly timeoutMs: number
  readonly emit: Emit
  readonly signal: AbortSignal
}

/** What one pod of calicoctl did, and what was removed after it. */
export interface Execution {
  readonly result: E.Either<RunnerError, PodOutcome>
  /** All that calicoctl said. */
  readonly said: string
  readonly reaped: ReadonlyArray<Name>
  readonly left: ReadonlyArray<Leftover>
}

const specFor = ({ settings, calico, batch, run, timeoutMs, namespace }: Task): RunSpec => ({
  owner: settings.owner,
  run,
  namespace,
  serviceAccount: settings.rbac === 'provision' ? runName(run) : settings.rbac.serviceAccount,
  program: programFor(calico.version, settings.image),
  pod: settings.pod,
  shards: shards(batch),
  // Later than the client's own deadline, so that a client that lives reads what happened.
  deadlineSeconds: Math.ceil(timeoutMs / 1000) + 15,
  ttlSeconds: settings.ttlSeconds,
})

const logsOf = async (
  cluster: Cluster,
  pod: KubeObject,
  containers: ReadonlyArray<string>,
  emit: Emit,
  options: CallOptions,
) => {
  const { name, namespace = 'default' } = pod.metadata
  const texts = await Promise.all(
    containers.map(async (container) => {
      const log = await cluster.logs(
        { type: pods, namespace, name },
        { ...options, container, tailLines: 2000 },
      )()
      const text = E.isRight(log) ? log.right : ''
      if (text !== '') emit({ _tag: 'Said', container, text })
      return text
    }),
  )
  return texts.join('\n')
}

/** Provisions, waits for the pod, reads what it said, and reaps in any case. Never fails: the result is a value in it. */
export const execute = async (task: Task): Promise<Execution> => {
  const { cluster, settings, grants, emit, signal, run } = task
  const options = { signal }
  const spec = specFor(task)
  let said = ''
  const result = await attempt<RunnerError, PodOutcome>(async (must) => {
    emit({ _tag: 'Started', step: 'provision' })
    await must(provision(cluster, spec, grants, emit, options))
    emit({ _tag: 'Started', step: 'calicoctl' })
    const place = { run, namespace: spec.namespace, patienceMs: 10_000 }
    const outcome = await must(awaitPod(cluster, place, emit, options))
    if (outcome._tag === 'Ended') {
      said = await logsOf(
        cluster,
        outcome.pod,
        outcome.exits.map((exit) => exit.container),
        emit,
        options,
      )
    }
    return outcome
  })()
  emit({ _tag: 'Started', step: 'reap' })
  const namespaces = [spec.namespace, ...grants.flatMap((grant) => grant.namespace ?? [])]
  const { removed, left } = await reap(
    cluster,
    { owner: settings.owner, run, namespaces: [...new Set(namespaces)] },
    emit,
  )
  return { result, said, reaped: removed, left }
}
