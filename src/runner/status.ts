import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../async/task.js'
import type { CallOptions } from './call-options.js'
import { everyRun, findOwned, runTypes } from './delete/find-owned.js'
import type { RunnerError } from './error.js'
import type { Leftover, Name } from './report.js'
import { type CallContext, withCalico } from './run-context.js'
import { hasDrifted } from './state/diff.js'
import { readLive } from './state/live-resource.js'

/** The options of `status`. */
export interface StatusOptions extends CallOptions {}

/** What an owner has on the cluster. */
export interface StatusReport {
  readonly owner: string
  readonly calico: string
  /** Its Calico resources, and whether someone has changed them since they were applied. */
  readonly resources: ReadonlyArray<{ readonly name: Name; readonly drifted: boolean }>
  /** Objects of runs: of one under way, or of one whose client died. */
  readonly runs: ReadonlyArray<Name>
  /** Where it could not look. */
  readonly unread: ReadonlyArray<Leftover>
  /** Where it may not look, and runs with the present settings leave nothing; with others, as by a pod, they may have. */
  readonly unsearched: ReadonlyArray<Leftover>
}

export const statusWith = (call: CallContext): TaskEither<RunnerError, StatusReport> =>
  task(async (unwrap) => {
    const context = await unwrap(withCalico(call))
    const { cluster, settings, calico } = context
    const live = await unwrap(readLive(context, { kinds: settings.kinds, labelled: true }))
    const scope = everyRun(settings, await unwrap(cluster.target(context)))
    const runs = await findOwned(context, runTypes, scope)
    return {
      owner: settings.owner,
      calico: calico.version,
      resources: [...live.values()]
        .filter((it) => it.owned)
        .map((it) => ({ name: it.name, drifted: hasDrifted(it, settings.ignore) })),
      runs: runs.owned.map(({ name }) => name),
      unread: runs.unread,
      unsearched: runs.unsearched,
    }
  })
