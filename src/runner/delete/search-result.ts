import type { Leftover, Name } from '../report.js'
import type { OwnedObject } from '../state/owned-object.js'

/** What a search found: what is proven to be the owner's, and where it could not look. */
export interface SearchResult {
  readonly owned: ReadonlyArray<OwnedObject>
  readonly unread: ReadonlyArray<Leftover>
  /** Where it may not look, and need not: see `Scope.optional`. */
  readonly unsearched: ReadonlyArray<Leftover>
  /** What is to be deleted after these. */
  readonly deferred: ReadonlyArray<Name>
}

export const nothingFound: SearchResult = { owned: [], unread: [], unsearched: [], deferred: [] }

export const joinResults = (results: ReadonlyArray<SearchResult>): SearchResult => ({
  owned: results.flatMap((it) => it.owned),
  unread: results.flatMap((it) => it.unread),
  unsearched: results.flatMap((it) => it.unsearched),
  deferred: results.flatMap((it) => it.deferred),
})

/** Those of them that nothing is in the way of; the others are named with what is. */
export const unobstructed = async <O extends OwnedObject>(
  all: ReadonlyArray<O>,
  obstacle: (one: O) => Promise<string | undefined>,
): Promise<SearchResult> => {
  const judged = all.map(async (one): Promise<SearchResult> => {
    const cause = await obstacle(one)
    return cause === undefined
      ? { ...nothingFound, owned: [one] }
      : { ...nothingFound, unread: [{ name: one.name, cause }] }
  })
  return joinResults(await Promise.all(judged))
}
