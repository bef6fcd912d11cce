import * as E from 'fp-ts/lib/Either.js'
import type { CallOptions, Cluster, Preconditions, Ref } from '../cluster/port.js'
import type { Emit } from './event.js'
import { inParallel } from './parallel.js'
import type { Leftover, Name } from './report.js'

/** An object whose ownership was proven when it was read at this very version. */
export interface Proven {
  readonly name: Name
  readonly ref: Ref
  readonly only: Preconditions
  /** It is being deleted already, and waits for these. */
  readonly finalizers?: string
}

export interface Removal {
  readonly removed: ReadonlyArray<Name>
  readonly left: ReadonlyArray<Leftover>
  /** Changed since it was read: to be read, and decided, again. */
  readonly changed: ReadonlyArray<Name>
}

export const nothingRemoved: Removal = { removed: [], left: [], changed: [] }

export const joinRemovals = (removals: ReadonlyArray<Removal>): Removal => ({
  removed: removals.flatMap((it) => it.removed),
  left: removals.flatMap((it) => it.left),
  changed: removals.flatMap((it) => it.changed),
})

const removeOne = async (
  cluster: Cluster,
  proven: Proven,
  emit: Emit,
  options: CallOptions,
): Promise<Removal> => {
  const result = await cluster.remove(proven.ref, proven.only, options)()
  if (E.isRight(result)) {
    emit({ _tag: 'Removed', object: proven.name })
    return { ...nothingRemoved, removed: [proven.name] }
  }
  switch (result.left._tag) {
    // Gone already, by the garbage collector or by someone else: nothing is left, and we removed nothing.
    case 'NotFound':
      return nothingRemoved
    case 'Conflict':
    case 'Unanswered':
      return { ...nothingRemoved, changed: [proven.name] }
    default:
      return { ...nothingRemoved, left: [{ name: proven.name, cause: result.left.message }] }
  }
}

/** Deletes exactly these objects at these versions, a few at a time. Goes on after a failure, and says which failed. */
export const removeAll = async (
  cluster: Cluster,
  proven: ReadonlyArray<Proven>,
  emit: Emit,
  options: CallOptions,
): Promise<Removal> => joinRemovals(await inParallel(proven, (it) => removeOne(cluster, it, emit, options)))
