import { endHolds, type KnownServices } from './end-holds.js'
import type { PeerClass } from './peer-class.js'
import type { EndTest } from './test-table.js'
import type { Certainty } from './three-valued.js'

/** To each test, by its number, how it holds for a peer; nothing where it does not. */
export type HeldTests = ReadonlyMap<number, Certainty>

const listAt = <A>(lists: Array<Array<A>>, index: number): Array<A> => {
  const list = lists[index] ?? []
  lists[index] = list
  return list
}

/** Some tests, tried on a peer: those that hold, or may, are put among the others. */
const tryAll = (
  tests: ReadonlyArray<EndTest> | undefined,
  peer: PeerClass,
  services: KnownServices,
  held: Map<number, Certainty>,
): void => {
  for (const test of tests ?? []) {
    const holds = endHolds(test, peer, services)
    if (holds !== 0) held.set(test.id, holds)
  }
}

/** The tests that hold, or may, for a peer: tried are those alone that what it is leads to. */
export const heldTests = (
  tests: Iterable<EndTest>,
  services: KnownServices,
): ((peer: PeerClass) => HeldTests) => {
  const byScope: Array<Array<EndTest>> = []
  const byNet: Array<Array<EndTest>> = []
  const ofNets: Array<EndTest> = []
  const others: Array<EndTest> = []
  for (const test of tests) {
    const { scope, nets } = test
    if (typeof scope === 'number') listAt(byScope, scope).push(test)
    else if (nets === undefined || nets.isUnreadable) others.push(test)
    else {
      ofNets.push(test)
      for (const id of nets.ids) listAt(byNet, id).push(test)
    }
  }
  return (peer) => {
    const held = new Map<number, Certainty>()
    for (const { holding } of [...peer.entities, ...peer.perhaps])
      for (const scopes of [holding.yes, holding.maybe])
        for (const scope of scopes) tryAll(byScope[scope], peer, services, held)
    // Where it may be anywhere, it may be in any network.
    if (peer.hasAddress) for (const net of peer.nets) tryAll(byNet[net], peer, services, held)
    else tryAll(ofNets, peer, services, held)
    tryAll(others, peer, services, held)
    return held
  }
}
