import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { ListenedOptions } from '../call-options.js'
import type { RunnerError } from '../error.js'
import type { CleanupReport, Leftover, Name } from '../report.js'
import { type CallContext, type RunContext, stillThere, withCalico } from '../run-context.js'
import { groupOf } from '../state/calico-cluster.js'
import { readLive } from '../state/live-resource.js'
import { isPatchedFor } from '../state/patched-spec.js'
import type { StoredBy } from '../state/stored-resource.js'
import { deletable } from './deletable.js'
import { deleteRun } from './delete-run.js'
import { deleteUntilGone } from './delete-until-gone.js'
import { type Deletion, joinDeletions } from './deletion.js'
import { everyRun, runTypes } from './find-owned.js'
import { putBack } from './put-back.js'
import { deleteRunNamespaces } from './run-namespace.js'
import { joinResults, nothingFound, type SearchResult } from './search-result.js'

/** The options of `cleanup`. */
export interface CleanupOptions extends ListenedOptions {}

/** The owner's Calico resources that can go now. Where they cannot be listed, that is said. */
const findResources = async (
  context: RunContext<StoredBy>,
  failed: ReadonlySet<Name>,
): Promise<SearchResult> => {
  const unread: Array<Leftover> = []
  const perKind = context.settings.kinds.map(async (kind) => {
    const live = await readLive(context, { kinds: [kind], labelled: true })()
    if (E.isRight(live))
      return [...live.right.values()].filter((it) => it.owned && !isPatchedFor(context.settings.owner, it))
    unread.push({ name: kind, cause: live.left.message })
    return []
  })
  const owned = (await Promise.all(perKind)).flat()
  return joinResults([{ ...nothingFound, unread }, await deletable(context, owned, failed)])
}

const incomplete = (report: CleanupReport): RunnerError => {
  const which = report.left.slice(0, 5).map(({ name, cause }) => `${name}: ${cause}`)
  const more = report.left.length > 5 ? `; and ${report.left.length - 5} more` : ''
  return {
    _tag: 'CleanupIncomplete',
    message: `${report.left.length} could not be removed: ${which.join('; ')}${more}`,
    hint: 'grant the permissions that are named, or remove what is in the way, and call cleanup() again: it carries on where it stopped',
    report,
  }
}

/** Works without: on a cluster whose Calico is half removed. Not on one whose resources are being moved. */
const withCalicoIfThere = (call: CallContext): TaskEither<RunnerError, RunContext<StoredBy>> =>
  task(async (_unwrap, fail) => {
    const found = await withCalico(call)()
    if (E.isRight(found)) return found.right
    if (found.left._tag === 'DatastoreLocked') return fail(found.left)
    return { ...call, calico: { group: await groupOf(call.cluster, call) } }
  })

/** What was deleted while somebody copies it elsewhere is not gone for certain. */
const unlessLocked = async (context: RunContext<StoredBy>, deletion: Deletion): Promise<Deletion> => {
  const { deleted, left } = deletion
  if (deleted.length === 0) return deletion
  const there = await stillThere(context)()
  if (E.isRight(there) || there.left._tag !== 'DatastoreLocked') return deletion
  const cause = `a copy of it may be left: ${there.left.message}`
  return { ...deletion, deleted: [], left: [...left, ...deleted.map((name) => ({ name, cause }))] }
}

/**
 * Removes everything of the owner, in every kind and namespace: first what may still write; then fields that were set in what
 * others own get what they had before, so that host endpoints go before their policies; then the resources, and the
 * namespaces that were made for runs. Goes through Kubernetes' own API and needs no pod, so that a policy which
 * locks pods out cannot stop it.
 */
export const cleanupWith = (call: CallContext): TaskEither<RunnerError, CleanupReport> =>
  task(async (unwrap, fail) => {
    const start = Date.now()
    const { cluster, settings, emit } = call
    const scope = everyRun(settings, await unwrap(cluster.target(call)))
    emit({ _tag: 'Started', step: 'search' })
    const runs = await deleteRun(call, runTypes, scope)
    const context = await unwrap(withCalicoIfThere(call))
    const back = await putBack(context)
    emit({ _tag: 'Started', step: 'remove' })
    const ofOwner = await deleteUntilGone(context, (failed) => findResources(context, failed))
    const resources = await unlessLocked(context, ofOwner)
    const ofRuns = await deleteRunNamespaces(context, scope)
    const { deleted: removed, unsearched, ...deletion } = joinDeletions([runs, resources, ofRuns])
    const named = new Set(deletion.left.map(({ name }) => name))
    const left = [...back.left.filter(({ name }) => !named.has(name)), ...deletion.left]
    const elapsedMs = Date.now() - start
    const report: CleanupReport = {
      owner: settings.owner,
      removed,
      restored: back.restored,
      left,
      unsearched,
      elapsedMs,
    }
    return left.length === 0 ? report : fail(incomplete(report))
  })
