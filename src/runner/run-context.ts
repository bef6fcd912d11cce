import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { deadline } from '../async/deadline.js'
import { task } from '../async/task.js'
import type { Cluster } from '../cluster/port.js'
import type { ListenedOptions } from './call-options.js'
import type { RunnerError } from './error.js'
import { type Emit, emitter } from './event.js'
import type { Settings } from './settings.js'
import { type Calico, inspectCalico, movedTo } from './state/calico-cluster.js'
import type { StoredBy } from './state/stored-resource.js'

/** One public call: where it goes, for whom, until when, and who listens. Made once, in its first line. */
export interface CallContext {
  readonly cluster: Cluster
  /** With what the call overrides. */
  readonly settings: Settings
  readonly emit: Emit
  readonly signal: AbortSignal
}

/** The same when the cluster's Calico is known; for a cleanup, perhaps only where it keeps its resources. */
export interface RunContext<C extends StoredBy = Calico> extends CallContext {
  readonly calico: C
}

/** Begins a public call, whose time runs from now. */
export const beginCall = (cluster: Cluster, settings: Settings, options: ListenedOptions): CallContext => {
  const timeoutMs = options.timeoutMs ?? settings.timeoutMs
  return {
    cluster,
    settings: { ...settings, timeoutMs },
    emit: emitter(options.onEvent),
    signal: deadline(timeoutMs, options.signal),
  }
}

const pauseMs = 500

/** Looks up the cluster's Calico. A datastore that is locked is waited for, for `patienceMs`. */
export const withCalico = (call: CallContext): TaskEither<RunnerError, RunContext> =>
  task(async (unwrap) => {
    const { cluster, settings, signal } = call
    const until = Date.now() + settings.patienceMs
    for (;;) {
      const found = await inspectCalico(cluster, call)()
      const waits = E.isLeft(found) && found.left._tag === 'DatastoreLocked' && Date.now() < until
      if (!waits) return { ...call, calico: await unwrap(found) }
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  })

/**
 * Whether Calico's resources are still where the call found them: somebody may be moving them. What was written before this
 * says so is among what is moved.
 */
export const stillThere = (context: RunContext<StoredBy>): TaskEither<RunnerError, void> =>
  task(async (unwrap, fail) => {
    const { group } = await unwrap(inspectCalico(context.cluster, context))
    if (group !== context.calico.group) return fail(movedTo(group))
  })

/** The same call with time of its own: to clear up and read back when the caller's is over. */
export const inGrace = <C extends CallContext>(context: C, graceMs: number): C => ({
  ...context,
  signal: deadline(graceMs),
})
