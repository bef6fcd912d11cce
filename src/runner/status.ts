import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { deadline } from '../async/deadline.js'
import { attempt } from '../async/task.js'
import type { Cluster } from '../cluster/port.js'
import { everyRun, findOwned, runTypes } from './delete/find-owned.js'
import type { RunnerError } from './error.js'
import type { Leftover, Name } from './report.js'
import type { Settings } from './settings.js'
import { inspectCalico } from './state/calico-cluster.js'
import { hasDrifted } from './state/diff.js'
import { readPresent } from './state/live-resource.js'

export interface StatusOptions {
  readonly signal?: AbortSignal
  /** Overrides the Runner's, for this call. */
  readonly timeoutMs?: number
}

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

export const statusWith = (
  cluster: Cluster,
  settings: Settings,
  options: StatusOptions,
): TaskEither<RunnerError, StatusReport> =>
  attempt(async (must) => {
    const call = { signal: deadline(options.timeoutMs ?? settings.timeoutMs, options.signal) }
    const { owner } = settings
    const calico = await must(inspectCalico(cluster, call))
    const present = await must(
      readPresent(cluster, owner, { kinds: settings.kinds, calico, labelled: true }, call),
    )
    const scope = everyRun(settings, await must(cluster.target(call)))
    const runs = await findOwned(cluster, runTypes, scope, call)
    return {
      owner,
      calico: calico.version,
      resources: [...present.values()]
        .filter((it) => it.owned)
        .map((it) => ({ name: it.name, drifted: hasDrifted(it) })),
      runs: runs.proven.map(({ name }) => name),
      unread: runs.unread,
      unsearched: runs.unsearched,
    }
  })
