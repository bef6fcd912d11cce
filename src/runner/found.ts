import type { Proven } from './remove.js'
import type { Leftover } from './report.js'

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
