import * as E from 'fp-ts/lib/Either.js'
import type { ClusterError } from '../cluster/error.js'
import type { CallOptions, Cluster, Preconditions, Ref } from '../cluster/port.js'
import type { Emit } from './event.js'
import { inParallel } from './parallel.js'
import type { Leftover, Name } from './report.js'

/** An object whose ownership was proven when it was read at this very version. */
export interface Proven {
  readonly name: Name
  readonly ref: Ref
  readonly only: Preconditions
  /** It is being deleted already, and waits for this. */
  readonly waitsFor?: string
}

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
