import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { orThrow } from '../error.js'
import { type ApplyOptions, applyWith } from './apply/apply.js'
import { type PlanReport, planWith } from './apply/plan-report.js'
import { type CleanupOptions, cleanupWith } from './delete/cleanup.js'
import type { RunnerError } from './error.js'
import type { ApplyReport, CleanupReport } from './report.js'
import { type Run, startRun } from './run.js'
import { decodeSettings, type RunnerOptions, type Settings } from './settings.js'
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

const listened = <O extends { readonly onEvent?: (event: never) => void }>(
  options: O,
  onEvent: O['onEvent'],
): O => ({
  ...options,
  onEvent: ((event: never) => {
    onEvent?.(event)
    options.onEvent?.(event)
  }) as O['onEvent'],
})

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
  const withSettings = <A>(
    call: (settings: Settings) => TaskEither<RunnerError, A>,
  ): TaskEither<RunnerError, A> => (E.isLeft(settings) ? TE.left(settings.left) : call(settings.right))
  const { cluster } = options
  const te: RunnerTE = {
    plan: (resources, callOptions = {}) =>
      withSettings((it) => planWith(cluster, it, resources, callOptions)),
    apply: (resources, callOptions = {}) =>
      withSettings((it) => applyWith(cluster, it, resources, callOptions)),
    cleanup: (callOptions = {}) => withSettings((it) => cleanupWith(cluster, it, callOptions)),
    status: (callOptions = {}) => withSettings((it) => statusWith(cluster, it, callOptions)),
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
