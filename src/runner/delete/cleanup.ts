import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { deadline } from '../../async/deadline.js'
import { attempt } from '../../async/task.js'
import type { CallOptions, Cluster } from '../../cluster/port.js'
import type { RunnerError } from '../error.js'
import { emitter, type RunEvent } from '../event.js'
import type { CleanupReport, Leftover } from '../report.js'
import type { Settings } from '../settings.js'
import { groupOf, inspectCalico } from '../state/calico-cluster.js'
import { readPresent } from '../state/live-resource.js'
import type { StoredBy } from '../state/stored-resource.js'
import { removable } from './deletable.js'
import { type Found, joinFound, joinRemovals, nothingFound, sweep } from './delete-owned.js'
import { reap } from './delete-run.js'
import { everyRun, runTypes } from './find-owned.js'
import { removeHomes } from './run-namespace.js'

export interface CleanupOptions {
  readonly signal?: AbortSignal
  /** Overrides the Runner's, for this call. */
  readonly timeoutMs?: number
  readonly onEvent?: (event: RunEvent) => void
}

/** The owner's Calico resources that can go now. Where they cannot be listed, that is said. */
const findResources = async (
  cluster: Cluster,
  { owner, kinds }: Settings,
  calico: StoredBy,
  options: CallOptions,
): Promise<Found> => {
  const unread: Array<Leftover> = []
  const perKind = kinds.map(async (kind) => {
    const present = await readPresent(cluster, owner, { kinds: [kind], calico, labelled: true }, options)()
    if (E.isRight(present)) return [...present.right.values()].filter((it) => it.owned)
    unread.push({ name: kind, cause: present.left.message })
    return []
  })
  const owned = (await Promise.all(perKind)).flat()
  const found = await removable(cluster, owned, options)
  return joinFound([{ ...nothingFound, unread }, found])
}

const incomplete = (report: CleanupReport): RunnerError => {
  const which = report.left.slice(0, 5).map(({ name, cause }) => `${name}: ${cause}`)
  return {
    _tag: 'CleanupIncomplete',
    message: `${report.left.length} could not be removed: ${which.join('; ')}`,
    hint: 'remove what is in the way, or give the Runner the permissions that are named; then call cleanup() again: it goes on where it stopped',
    report,
  }
}

/**
 * Removes everything of the owner, in every kind and namespace: first what may still write, then the resources, then
 * the namespaces that were made for runs. Goes through Kubernetes' own API and needs no pod, so that a policy which
 * locks pods out cannot stop it.
 */
export const cleanupWith = (
  cluster: Cluster,
  settings: Settings,
  options: CleanupOptions,
): TaskEither<RunnerError, CleanupReport> =>
  attempt(async (must) => {
    const start = Date.now()
    const emit = emitter(options.onEvent)
    const call = { signal: deadline(options.timeoutMs ?? settings.timeoutMs, options.signal) }
    const scope = everyRun(settings, await must(cluster.target(call)))
    emit({ _tag: 'Started', step: 'search' })
    const runs = await reap(cluster, runTypes, scope, emit, call)
    // Works without: on a cluster whose Calico is half removed.
    const found = await inspectCalico(cluster, call)()
    const calico = E.isRight(found) ? found.right : { group: await groupOf(cluster, call) }
    emit({ _tag: 'Started', step: 'remove' })
    const find = () => findResources(cluster, settings, calico, call)
    const resources = await sweep(cluster, find, emit, call)
    const homes = await removeHomes(cluster, calico, scope, emit, call)
    const { removed, left, unsearched } = joinRemovals([runs, resources, homes])
    const elapsedMs = Date.now() - start
    const report: CleanupReport = { owner: settings.owner, removed, left, unsearched, elapsedMs }
    return left.length === 0 ? report : must(E.left(incomplete(report)))
  })
