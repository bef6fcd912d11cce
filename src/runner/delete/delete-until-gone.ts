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

/**
 * Looks and deletes until there is nothing to find. What changed in between is read, and decided, again. What waits
 * for someone else is waited for, as long as something goes or for `patienceMs` more; then it is said what is left.
 */
export const deleteUntilGone = async (
  context: CallContext,
  search: () => Promise<SearchResult>,
  patienceMs = 5_000,
): Promise<Deletion> => {
  const deleted = new Set<Name>()
  for (let idleSince = Date.now(); ; ) {
    const { owned, unread, unsearched } = await search()
    const pending = owned.flatMap(({ name, waitsFor }) =>
      waitsFor === undefined ? [] : [{ name, cause: `it is being deleted and waits for ${waitsFor}` }],
    )
    const round = await deleteOwned(
      context,
      owned.filter((it) => it.waitsFor === undefined),
    )
    const open = [...round.changed, ...round.unanswered]
    for (const name of round.deleted) deleted.add(name)
    if (round.deleted.length > 0) idleSince = Date.now()
    const waiting = pending.length + round.deleted.length + open.length > 0
    if (!waiting || Date.now() - idleSince > patienceMs || context.signal.aborted) {
      for (const { name } of pending) deleted.delete(name)
      return {
        deleted: [...deleted],
        left: [
          ...unread,
          ...round.left,
          ...pending,
          ...round.changed.map(withCause('it kept changing while it was being deleted')),
          ...round.unanswered.map(withCause('the cluster did not answer in time')),
        ],
        changed: [],
        unanswered: [],
        unsearched,
      }
    }
    if (round.deleted.length === 0) await sleep(pauseMs)
  }
}
