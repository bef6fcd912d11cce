import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../async/task.js'
import type { Cluster } from '../cluster/port.js'
import { orThrow } from '../error.js'
import { type ApplyOptions, applyWith } from './apply/apply.js'
import { type PlanReport, planWith } from './apply/plan-report.js'
import type { ListenedOptions } from './call-options.js'
import { checkCallOptions } from './call-options.js'
import { type CleanupOptions, cleanupWith } from './delete/cleanup.js'
import type { RunnerError } from './error.js'
import type { RunnerOptions } from './options.js'
import type { ApplyReport, CleanupReport } from './report.js'
import { type Run, startRun } from './run.js'
import { beginCall, type CallContext } from './run-context.js'
import { decodeSettings } from './settings.js'
import { type StatusOptions, type StatusReport, statusWith } from './status.js'

/** What a Runner takes: resources, as builders, literals or decoded. All of them are checked again. */
export type Input = ReadonlyArray<unknown>

/** The same calls as values: nothing starts before the TaskEither is run, and nothing is thrown. */
export interface RunnerTE {
  readonly plan: (resources: Input, options?: ApplyOptions) => TaskEither<RunnerError, PlanReport>
  readonly apply: (resources: Input, options?: ApplyOptions) => TaskEither<RunnerError, ApplyReport>
  readonly cleanup: (options?: CleanupOptions) => TaskEither<RunnerError, CleanupReport>
  readonly status: (options?: StatusOptions) => TaskEither<RunnerError, StatusReport>
}

/** What one owner's resources are brought onto a cluster by, looked at, and removed. */
export interface Runner {
  /** What `apply` would do. Reads only. */
  readonly plan: (resources: Input, options?: ApplyOptions) => Promise<PlanReport>
  /** Makes the cluster have these resources: by calicoctl in a pod of its own, or as the option `transport` says. */
  readonly apply: (resources: Input, options?: ApplyOptions) => Run<ApplyReport>
  /** Removes everything of this owner, and says what it removed. */
  readonly cleanup: (options?: CleanupOptions) => Run<CleanupReport>
  /** What this owner has on the cluster, and what of it has drifted from what was applied. Reads only. */
  readonly status: (options?: StatusOptions) => Promise<StatusReport>
  readonly te: RunnerTE
  /** Ends idle connections; removes nothing. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** With one more who listens. What cannot listen is left as it is, to be refused. */
const listened = <O extends { readonly onEvent?: (event: never) => void }>(
  options: O,
  onEvent: O['onEvent'],
): O =>
  options?.onEvent !== undefined && typeof options.onEvent !== 'function'
    ? options
    : {
        ...options,
        onEvent: ((event: never) => {
          onEvent?.(event)
          options?.onEvent?.(event)
        }) as O['onEvent'],
      }

/**
 * A Runner for one owner on one cluster. Bad options are told by the first call, as `BadOption`.
 *
 * @example
 * const runner = createRunner({ owner: 'karydia', cluster: kubeCluster() })
 * const report = await runner.apply([globalNetworkPolicy('deny-all').denyIngress()])
 * await runner.cleanup()
 */
export const createRunner = (options: RunnerOptions): Runner => {
  const settings = decodeSettings(options)
  const cluster = Object(options).cluster as Cluster
  const calling =
    <O extends ListenedOptions, A>(call: (context: CallContext, options: O) => TaskEither<RunnerError, A>) =>
    (callOptions: O): TaskEither<RunnerError, A> =>
      task(async (unwrap) => {
        const decoded = await unwrap(settings)
        const checked = await unwrap(checkCallOptions(callOptions))
        return unwrap(call(beginCall(cluster, decoded, checked), checked))
      })
  const te: RunnerTE = {
    plan: (resources, callOptions = {}) =>
      calling<ApplyOptions, PlanReport>((call, it) => planWith(call, resources, it))(callOptions),
    apply: (resources, callOptions = {}) =>
      calling<ApplyOptions, ApplyReport>((call, it) => applyWith(call, resources, it))(callOptions),
    cleanup: (callOptions = {}) => calling(cleanupWith)(callOptions),
    status: (callOptions = {}) => calling(statusWith)(callOptions),
  }
  return {
    te,
    plan: async (resources, callOptions) => orThrow(await te.plan(resources, callOptions)()),
    apply: (resources, callOptions = {}) =>
      startRun((onEvent) => te.apply(resources, listened(callOptions, onEvent))),
    cleanup: (callOptions = {}) => startRun((onEvent) => te.cleanup(listened(callOptions, onEvent))),
    status: async (callOptions) => orThrow(await te.status(callOptions)()),
    [Symbol.asyncDispose]: async () => cluster.close(),
  }
}
