import { scopeHolds } from '../compile/end-holds.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { PolicySet, RankedPolicy } from '../compile/policy-set.js'
import type { Scope } from '../compile/test-table.js'
import type { Certainty } from '../compile/three-valued.js'

/** A policy, and whether it is a peer's. */
export interface Applying extends RankedPolicy {
  readonly selects: Certainty
}

const byRank = (a: RankedPolicy, b: RankedPolicy): number => a.rank - b.rank

/** The policies that are, or may be, the peer's, in order. */
export const policiesOfPeer = (
  { own }: Pick<PeerClass, 'own'>,
  { byScope }: PolicySet,
): ReadonlyArray<Applying> => {
  if (own === undefined) return []
  const scopes: ReadonlyArray<Scope> = ['all', 'unreadable', ...own.holding.yes, ...own.holding.maybe]
  const found: Array<Applying> = []
  for (const scope of scopes) {
    const those = byScope.get(scope)
    if (those === undefined) continue
    const selects = scopeHolds(scope, own)
    for (const { policy, tier, rank } of those) found.push({ policy, tier, rank, selects })
  }
  return found.sort(byRank)
}
