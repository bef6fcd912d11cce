import { endHolds, type KnownServices } from '../compile/end-holds.js'
import type { PeerClass } from '../compile/peer-class.js'
import { anyone, type EndTest } from '../compile/test-table.js'
import type { Certainty } from '../compile/three-valued.js'

/** Which ends of rules mean which peers, each worked out once: by the peer's number, and the test's. */
export interface HeldEnds {
  readonly services: KnownServices
  readonly rows: Array<Array<Certainty | undefined> | undefined>
}

export const heldEnds = (services: KnownServices): HeldEnds => ({ services, rows: [] })

const rowOf = ({ rows }: HeldEnds, { id }: PeerClass): Array<Certainty | undefined> => {
  const there = rows[id]
  if (there !== undefined) return there
  const fresh: Array<Certainty | undefined> = []
  rows[id] = fresh
  return fresh
}

/** Whether a test means a peer. */
export const endMeans = (held: HeldEnds, test: EndTest, peer: PeerClass): Certainty => {
  if (test === anyone) return 2
  const row = rowOf(held, peer)
  const there = row[test.id]
  if (there !== undefined) return there
  const holds = endHolds(test, peer, held.services)
  row[test.id] = holds
  return holds
}
