import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../async/task.js'
import type { CallOptions } from './call-options.js'
import { everyRun, findOwned, runTypes } from './delete/find-owned.js'
import type { RunnerError } from './error.js'
import type { Leftover, Name } from './report.js'
import { type CallContext, withCalico } from './run-context.js'
import type { Settings } from './settings.js'
import { hasDrifted } from './state/diff.js'
import { at } from './state/leaf.js'
import { type LiveResource, readLive, recordOf } from './state/live-resource.js'
import { type PatchRecord, printField } from './state/patch-record.js'
import { liveSpec, meansSame } from './state/patched-spec.js'

/** The options of `status`. */
export interface StatusOptions extends CallOptions {}

/** A field that was set in a resource which somebody else owns. */
export interface SetFieldStatus {
  readonly field: string
  /** Before it was set; absent where it was not there. `cleanup` puts this back. */
  readonly from?: unknown
  readonly to: unknown
  /** Someone has changed it since: `cleanup` leaves it so. */
  readonly drifted: boolean
}

export interface OwnedResource {
  readonly name: Name
  readonly drifted: boolean
  /** There where it is fields that the owner has set. */
  readonly set?: ReadonlyArray<SetFieldStatus>
}

const setFields = (live: LiveResource, record: PatchRecord): ReadonlyArray<SetFieldStatus> => {
  const { compared } = liveSpec(live.object.spec, live.resource)
  return record.map(({ path, from, to }) => ({
    field: printField(path),
    ...(from === undefined ? {} : { from }),
    to,
    drifted: !meansSame(at(compared, path), to),
  }))
}

const ownedResource = (live: LiveResource, { owner, ignore }: Settings): OwnedResource => {
  const { name } = live
  if (!live.patches.has(owner)) return { name, drifted: hasDrifted(live, ignore) }
  const set = setFields(live, recordOf(live, owner) ?? [])
  return { name, drifted: set.length === 0 || set.some(({ drifted }) => drifted), set }
}

/** What an owner has on the cluster. */
export interface StatusReport {
  readonly owner: string
  readonly calico: string
  /** Its Calico resources, and those of others that it has set fields of; and whether someone has changed these since. */
  readonly resources: ReadonlyArray<OwnedResource>
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
        .filter((it) => it.owned || it.patches.has(settings.owner))
        .map((it) => ownedResource(it, settings)),
      runs: runs.owned.map(({ name }) => name),
      unread: runs.unread,
      unsearched: runs.unsearched,
    }
  })
