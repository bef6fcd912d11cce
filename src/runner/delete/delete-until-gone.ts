import { setTimeout as sleep } from 'node:timers/promises'
import type { Leftover, Name } from '../report.js'
import type { CallContext } from '../run-context.js'
import { deleteOwned } from './delete-owned.js'
import type { Deletion } from './deletion.js'
import type { SearchResult } from './search-result.js'

const pauseMs = 100

const withCause =
  (cause: string) =>
  (name: Name): Leftover => ({ name, cause })

/** Looks for what there is to delete, other than what could not be. */
export type Search = (failed: ReadonlySet<Name>) => Promise<SearchResult>

/**
 * Looks and deletes until there is nothing to find. What changed in between is read, and decided, again. What waits
 * for someone else is waited for, as long as something goes or for `patienceMs` more; then it is said what is left.
 */
export const deleteUntilGone = async (
  context: CallContext,
  search: Search,
  patienceMs = 5_000,
): Promise<Deletion> => {
  const deleted = new Set<Name>()
  const failed = new Map<Name, Leftover>()
  for (let idleSince = Date.now(); ; ) {
    const { owned, unread, unsearched, deferred } = await search(new Set(failed.keys()))
    const pending = owned.flatMap(({ name, waitsFor }) =>
      waitsFor === undefined ? [] : [{ name, cause: `it is being deleted and waits for ${waitsFor}` }],
    )
    const round = await deleteOwned(
      context,
      owned.filter((it) => it.waitsFor === undefined),
    )
    const open = [...round.changed, ...round.unanswered]
    for (const one of round.left) failed.set(one.name, one)
    for (const name of round.deleted) {
      deleted.add(name)
      failed.delete(name)
    }
    if (round.deleted.length > 0) idleSince = Date.now()
    const waiting = pending.length + round.deleted.length + open.length > 0
    const begun = waiting || deferred.length > 0
    if (!begun || Date.now() - idleSince > patienceMs || context.signal.aborted) {
      for (const { name } of pending) deleted.delete(name)
      return {
        deleted: [...deleted],
        left: [
          ...unread,
          ...failed.values(),
          ...pending,
          ...round.changed.map(withCause('it kept changing while it was being deleted')),
          ...round.unanswered.map(withCause('the cluster did not answer in time')),
          ...deferred.map(withCause('there was no time left to delete it')),
        ],
        changed: [],
        unanswered: [],
        unsearched,
      }
    }
    if (round.deleted.length === 0 && deferred.length === 0) await sleep(pauseMs)
  }
}
