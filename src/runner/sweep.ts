import { setTimeout as sleep } from 'node:timers/promises'
import type { CallOptions, Cluster } from '../cluster/port.js'
import type { Emit } from './event.js'
import type { Found } from './owned.js'
import { joinRemovals, nothingRemoved, type Removal, removeAll } from './remove.js'

const pauseMs = 200
/** Rounds in which nothing went and nothing changed, before it is said what is left. */
const patience = 15

/**
 * Looks and removes until there is nothing to find. What changed in between is read, and decided, again; what waits
 * for a finalizer is waited for, a little.
 */
export const sweep = async (
  cluster: Cluster,
  find: () => Promise<Found>,
  emit: Emit,
  options: CallOptions,
): Promise<Removal> => {
  let total: Removal = nothingRemoved
  for (let idle = 0; ; idle++) {
    const { proven, unread } = await find()
    const doomed = new Set(proven.filter((it) => it.finalizers !== undefined).map((it) => it.name))
    const round = await removeAll(
      cluster,
      proven.filter((it) => it.finalizers === undefined),
      emit,
      options,
    )
    total = { ...joinRemovals([total, round]), left: [], changed: [] }
    if (round.removed.length > 0 || round.changed.length > 0) idle = 0
    const waiting = doomed.size > 0 || round.removed.length > 0 || round.changed.length > 0
    if (!waiting || idle >= patience || options.signal?.aborted === true) {
      const pending = proven.flatMap(({ name, finalizers }) =>
        finalizers === undefined
          ? []
          : [{ name, cause: `it is being deleted and waits for its finalizers: ${finalizers}` }],
      )
      const changed = round.changed.map((name) => ({ name, cause: 'it kept changing while it was removed' }))
      return { ...total, left: [...unread, ...round.left, ...pending, ...changed] }
    }
    if (round.removed.length === 0) await sleep(pauseMs)
  }
}
