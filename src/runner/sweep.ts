import { setTimeout as sleep } from 'node:timers/promises'
import type { CallOptions, Cluster } from '../cluster/port.js'
import type { Emit } from './event.js'
import type { Found } from './found.js'
import { type Removal, removeAll } from './remove.js'
import type { Name } from './report.js'

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
