import type { KnownServices } from '../compile/end-holds.js'
import { type HeldTests, heldTests } from '../compile/held-tests.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { EndTest } from '../compile/test-table.js'

/** What rules can see of the other end: one value for peers that no test of an end tells apart, services aside. */
export interface Look {
  readonly id: number
  readonly held: HeldTests
}

const textOf = ({ family }: PeerClass, held: HeldTests): string => {
  let text = `${family}`
  for (const id of [...held.keys()].sort((a, b) => a - b)) text += ` ${id}${held.get(id) === 2 ? '' : '?'}`
  return text
}

export const looks = (tests: ReadonlySet<EndTest>, services: KnownServices): ((peer: PeerClass) => Look) => {
  const heldBy = heldTests(tests, services)
  const known = new Map<string, Look>()
  return (peer) => {
    const held = heldBy(peer)
    const text = textOf(peer, held)
    const look = known.get(text) ?? { id: known.size, held }
    known.set(text, look)
    return look
  }
}
