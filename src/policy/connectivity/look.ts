import type { KnownServices } from '../compile/end-holds.js'
import { type HeldTests, heldTests, type TestIndex, testIndex } from '../compile/held-tests.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { EndTest } from '../compile/test-table.js'

/** What rules can see of the other end: one value for peers that no test of an end tells apart, services aside. */
export interface Look {
  readonly id: number
  readonly held: HeldTests
}

/** Looks of peers by the tests that hold for them. */
export interface Looks {
  readonly index: TestIndex
  readonly known: Map<string, Look>
}

export const looks = (tests: ReadonlySet<EndTest>, services: KnownServices): Looks => ({
  index: testIndex(tests, services),
  known: new Map(),
})

const ascending = (a: number, b: number): number => a - b

const textOf = ({ family }: PeerClass, held: HeldTests): string => {
  let text = `${family}`
  for (const id of [...held.keys()].sort(ascending)) text += ` ${id}${held.get(id) === 2 ? '' : '?'}`
  return text
}

export const lookOf = ({ index, known }: Looks, peer: PeerClass): Look => {
  const held = heldTests(index, peer)
  const text = textOf(peer, held)
  const there = known.get(text)
  if (there !== undefined) return there
  const fresh: Look = { id: known.size, held }
  known.set(text, fresh)
  return fresh
}
