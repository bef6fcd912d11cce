import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { inParallel } from '../../async/parallel.js'
import type { ClusterError } from '../../cluster/error.js'
import type { CallOptions, Cluster } from '../../cluster/port.js'
import type { Emit } from '../event.js'
import type { Leftover, Name } from '../report.js'
import type { Proven } from '../state/owned-object.js'

export interface Removal {
  readonly removed: ReadonlyArray<Name>
  readonly left: ReadonlyArray<Leftover>
  /** Changed since it was read: to be read, and decided, again. */
  readonly changed: ReadonlyArray<Name>
  /** No answer came, and it was still there: the deletion may yet happen. */
  readonly unanswered: ReadonlyArray<Name>
  /** Where it was not looked for more, and need not be: see `Scope.optional`. */
  readonly unsearched: ReadonlyArray<Leftover>
}

export const nothingRemoved: Removal = {
  removed: [],
  left: [],
  changed: [],
  unanswered: [],
  unsearched: [],
}

export const joinRemovals = (removals: ReadonlyArray<Removal>): Removal => ({
  removed: removals.flatMap((it) => it.removed),
  left: removals.flatMap((it) => it.left),
  changed: removals.flatMap((it) => it.changed),
  unanswered: removals.flatMap((it) => it.unanswered),
  unsearched: removals.flatMap((it) => it.unsearched),
})

/** Whether a deletion without an answer happened: only ours could have named this UID and version. */
const happened = async (cluster: Cluster, proven: Proven, options: CallOptions): Promise<boolean> => {
  const now = await cluster.get(proven.ref, options)()
  if (E.isLeft(now)) return now.left._tag === 'NotFound'
  const { uid, deletionTimestamp } = now.right.metadata
  return uid !== proven.only.uid || deletionTimestamp !== undefined
}

const settle = async (
  cluster: Cluster,
  proven: Proven,
  failure: ClusterError,
  options: CallOptions,
): Promise<Partial<Removal>> => {
  switch (failure._tag) {
    // Gone already, by the garbage collector or by someone else: nothing is left, and we removed nothing.
    case 'NotFound':
      return {}
    case 'Conflict':
      return { changed: [proven.name] }
    case 'Unanswered':
      return (await happened(cluster, proven, options))
        ? { removed: [proven.name] }
        : { unanswered: [proven.name] }
    case 'TimedOut':
    case 'Aborted':
      return { unanswered: [proven.name] }
    default:
      return { left: [{ name: proven.name, cause: failure.message }] }
  }
}

const removeOne = async (
  cluster: Cluster,
  proven: Proven,
  emit: Emit,
  options: CallOptions,
): Promise<Removal> => {
  const result = await cluster.remove(proven.ref, proven.only, options)()
  const removal = E.isRight(result)
    ? { removed: [proven.name] }
    : await settle(cluster, proven, result.left, options)
  for (const object of removal.removed ?? []) emit({ _tag: 'Removed', object })
  return { ...nothingRemoved, ...removal }
}

/** Deletes exactly these objects at these versions, a few at a time. Goes on after a failure, and says which failed. */
export const removeAll = async (
  cluster: Cluster,
  proven: ReadonlyArray<Proven>,
  emit: Emit,
  options: CallOptions,
): Promise<Removal> => joinRemovals(await inParallel(proven, (it) => removeOne(cluster, it, emit, options)))

/** What a search found: what is proven to be the owner's, and where it could not look. */
export interface Found {
  readonly proven: ReadonlyArray<Proven>
  readonly unread: ReadonlyArray<Leftover>
  /** Where it may not look, and need not: see `Scope.optional`. */
  readonly unsearched: ReadonlyArray<Leftover>
}

export const nothingFound: Found = { proven: [], unread: [], unsearched: [] }

export const joinFound = (found: ReadonlyArray<Found>): Found => ({
  proven: found.flatMap((it) => it.proven),
  unread: found.flatMap((it) => it.unread),
  unsearched: found.flatMap((it) => it.unsearched),
})

/** Those of them that nothing is in the way of; the others are named with what is. */
export const unobstructed = async <P extends Proven>(
  all: ReadonlyArray<P>,
  obstacle: (one: P) => Promise<string | undefined>,
): Promise<Found> => {
  const judged = all.map(async (one): Promise<Found> => {
    const cause = await obstacle(one)
    return cause === undefined
      ? { ...nothingFound, proven: [one] }
      : { ...nothingFound, unread: [{ name: one.name, cause }] }
  })
  return joinFound(await Promise.all(judged))
}

const pauseMs = 100

/**
 * Looks and removes until there is nothing to find. What changed in between is read, and decided, again. What waits
 * for someone else is waited for, as long as something goes or for `patienceMs` more; then it is said what is left.
 */
export const sweep = async (
  cluster: Cluster,
  find: () => Promise<Found>,
  emit: Emit,
  options: CallOptions,
  patienceMs = 5_000,
): Promise<Removal> => {
  const removed = new Set<Name>()
  for (let idleSince = Date.now(); ; ) {
    const { proven, unread, unsearched } = await find()
    const pending = proven.flatMap(({ name, waitsFor }) =>
      waitsFor === undefined ? [] : [{ name, cause: `it is being deleted and waits for ${waitsFor}` }],
    )
    const removable = proven.filter((it) => it.waitsFor === undefined)
    const round = await removeAll(cluster, removable, emit, options)
    const open = [...round.changed, ...round.unanswered]
    for (const name of round.removed) removed.add(name)
    if (round.removed.length > 0) idleSince = Date.now()
    const waiting = pending.length + round.removed.length + open.length > 0
    if (!waiting || Date.now() - idleSince > patienceMs || options.signal?.aborted === true) {
      const changed = round.changed.map((name) => ({ name, cause: 'it kept changing while it was removed' }))
      const unanswered = round.unanswered.map((name) => ({
        name,
        cause: 'the cluster did not answer in time',
      }))
      for (const { name } of pending) removed.delete(name)
      return {
        removed: [...removed],
        left: [...unread, ...round.left, ...pending, ...changed, ...unanswered],
        changed: [],
        unanswered: [],
        unsearched,
      }
    }
    if (round.removed.length === 0) await sleep(pauseMs)
  }
}
