import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { deadline } from '../async/deadline.js'
import { task } from '../async/task.js'
import type { Cluster } from '../cluster/port.js'
import type { ListenedOptions } from './call-options.js'
import type { RunnerError } from './error.js'
import { type Emit, emitter } from './event.js'
import type { Settings } from './settings.js'
import { type Calico, inspectCalico } from './state/calico-cluster.js'
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

/** Looks up the cluster's Calico. */
export const withCalico = (call: CallContext): TaskEither<RunnerError, RunContext> =>
  task(async (unwrap) => ({ ...call, calico: await unwrap(inspectCalico(call.cluster, call)) }))

/** The same call with time of its own: to clear up and read back when the caller's is over. */
export const inGrace = <C extends CallContext>(context: C, graceMs: number): C => ({
  ...context,
  signal: deadline(graceMs),
})
