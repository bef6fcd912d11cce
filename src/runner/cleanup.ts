import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CallOptions, Cluster } from '../cluster/port.js'
import { attempt } from './attempt.js'
import { inspectCalico } from './calico.js'
import { deadline } from './deadline.js'
import type { RunnerError } from './error.js'
import { type Emit, emitter, type RunEvent } from './event.js'
import { countPods, type Found, findOwned, joinFound, runTypes, type Scope } from './owned.js'
import { readPresent } from './present.js'
import { joinRemovals, type Removal } from './remove.js'
import type { CleanupReport } from './report.js'
import type { Settings } from './settings.js'
import { storedKinds } from './storage.js'
import { sweep } from './sweep.js'

export interface CleanupOptions {
  readonly signal?: AbortSignal
  /** Overrides the Runner's, for this call. */
  readonly timeoutMs?: number
  readonly onEvent?: (event: RunEvent) => void
}

/** Policies before the sets and tiers that they refer to. */
const removalOrder = (name: string): number =>
  name.includes('Policy(') ? 0 : name.startsWith('Tier(') ? 2 : 1

/** The owner's Calico resources, in an order in which they can go. Where they cannot be listed, that is said. */
const findResources = async (
  cluster: Cluster,
  owner: string,
  calico: string | undefined,
  options: CallOptions,
): Promise<Found> => {
  const perKind = storedKinds.map(async (kind): Promise<Found> => {
    const present = await readPresent(cluster, owner, { kinds: [kind], calico, labelled: true }, options)()
    if (E.isLeft(present)) return { proven: [], unread: [{ name: kind, cause: present.left.message }] }
    return { proven: [...present.right.values()].filter((it) => it.owned), unread: [] }
  })
  const found = joinFound(await Promise.all(perKind))
  return { ...found, proven: [...found.proven].sort((a, b) => removalOrder(a.name) - removalOrder(b.name)) }
}

/** Nothing of the owner writes any more when this has ended: neither its pods nor what would make new ones. */
const stopRuns = async (
  cluster: Cluster,
  scope: Scope,
  emit: Emit,
  options: CallOptions,
): Promise<Removal> => {
  const removal = await sweep(cluster, () => findOwned(cluster, runTypes, scope, options), emit, options)
  for (
    let i = 0;
    i < 150 && options.signal?.aborted !== true && (await countPods(cluster, scope, options)) > 0;
    i++
  ) {
    await sleep(100)
  }
  return removal
}

/**
 * Removes everything of the owner, in every kind and namespace: first what may still write, then the resources.
 * Goes through Kubernetes' own API and needs no pod, so that a policy which locks pods out cannot stop it.
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
    await must(cluster.target(call))
    emit({ _tag: 'Started', step: 'search' })
    const runs = await stopRuns(cluster, { owner: settings.owner }, emit, call)
    // Works without: on a cluster whose Calico is half removed.
    const calico = await inspectCalico(cluster, call)()
    const version = E.isRight(calico) ? calico.right.version : undefined
    emit({ _tag: 'Started', step: 'remove' })
    const resources = await sweep(
      cluster,
      () => findResources(cluster, settings.owner, version, call),
      emit,
      call,
    )
    const { removed, left } = joinRemovals([runs, resources])
    const report: CleanupReport = { owner: settings.owner, removed, left, elapsedMs: Date.now() - start }
    if (left.length === 0) return report
    const which = left.slice(0, 5).map(({ name, cause }) => `${name}: ${cause}`)
    return must(
      E.left<RunnerError>({
        _tag: 'CleanupIncomplete',
        message: `${left.length} could not be removed: ${which.join('; ')}`,
        hint: 'give the Runner the permissions that are named, then call cleanup() again: it goes on where it stopped',
        report,
      }),
    )
  })
