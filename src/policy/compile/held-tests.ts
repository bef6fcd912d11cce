import { endHolds, type KnownServices } from './end-holds.js'
import type { EntityClass, PeerClass } from './peer-class.js'
import type { EndTest } from './test-table.js'
import type { Certainty } from './three-valued.js'

/** To each test, by its number, how it holds for a peer; nothing where it does not. */
export type HeldTests = ReadonlyMap<number, Certainty>

/** Tests by what they ask for: those that name neither a selector nor networks are others. */
export interface TestIndex {
  readonly services: KnownServices
  readonly byScope: Array<Array<EndTest> | undefined>
  readonly byNet: Array<Array<EndTest> | undefined>
  readonly ofNets: Array<EndTest>
  readonly others: Array<EndTest>
}

const put = (lists: Array<Array<EndTest> | undefined>, index: number, test: EndTest): void => {
  const list = lists[index]
  if (list === undefined) lists[index] = [test]
  else list.push(test)
}

export const testIndex = (tests: Iterable<EndTest>, services: KnownServices): TestIndex => {
  const index: TestIndex = { services, byScope: [], byNet: [], ofNets: [], others: [] }
  for (const test of tests) {
    const { scope, nets } = test
    if (typeof scope === 'number') put(index.byScope, scope, test)
    else if (nets === undefined || nets.isUnreadable) index.others.push(test)
    else {
      index.ofNets.push(test)
      for (const id of nets.ids) put(index.byNet, id, test)
    }
  }
  return index
}

/** Some tests, tried on a peer: those that hold, or may, are put among the others. */
const tryAll = (
  tests: ReadonlyArray<EndTest> | undefined,
  peer: PeerClass,
  { services }: TestIndex,
  held: Map<number, Certainty>,
): void => {
  if (tests === undefined) return
  for (const test of tests) {
    const holds = endHolds(test, peer, services)
    if (holds !== 0) held.set(test.id, holds)
  }
}

const tryScopesOf = (
  entities: ReadonlyArray<EntityClass>,
  peer: PeerClass,
  index: TestIndex,
  held: Map<number, Certainty>,
): void => {
  for (const { holding } of entities) {
    for (const scope of holding.yes) tryAll(index.byScope[scope], peer, index, held)
    for (const scope of holding.maybe) tryAll(index.byScope[scope], peer, index, held)
  }
}

/** The tests that hold, or may, for a peer: tried are those alone that what it is leads to. */
export const heldTests = (index: TestIndex, peer: PeerClass): HeldTests => {
  const held = new Map<number, Certainty>()
  tryScopesOf(peer.entities, peer, index, held)
  tryScopesOf(peer.perhaps, peer, index, held)
  // Where it may be anywhere, it may be in any network.
  if (peer.hasAddress) for (const net of peer.nets) tryAll(index.byNet[net], peer, index, held)
  else tryAll(index.ofNets, peer, index, held)
  tryAll(index.others, peer, index, held)
  return held
}
