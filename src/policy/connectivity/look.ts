import type { PeerClass } from '../compile/peer-class.js'
import type { SelectorId } from '../compile/selector-table.js'
import type { EndTest } from '../compile/test-table.js'

/** What rules can see of the other end: the same number for peers that no test of an end tells apart, services aside. */
export type LookOf = (peer: PeerClass) => number

const scopesOf = (tests: ReadonlySet<EndTest>): ReadonlySet<SelectorId> =>
  new Set(
    [...tests].flatMap(({ scope, notScope }) => [scope, notScope].filter((it) => typeof it === 'number')),
  )

const among = (ids: Iterable<SelectorId>, wanted: ReadonlySet<SelectorId>, into: Set<SelectorId>): void => {
  for (const id of ids) if (wanted.has(id)) into.add(id)
}

const inOrder = (ids: Iterable<number>): string => [...ids].sort((a, b) => a - b).join()

export const looks = (tests: ReadonlySet<EndTest>): LookOf => {
  const wanted = scopesOf(tests)
  const names = new Map<string, number>()
  const byPeer: Array<number | undefined> = []
  // That one of several entities is found is all that counts, so those at one address go together.
  const textOf = ({ family, hasAddress, entities, perhaps, nets }: PeerClass): string => {
    const [yes, maybe] = [new Set<SelectorId>(), new Set<SelectorId>()]
    for (const { holding } of entities) {
      among(holding.yes, wanted, yes)
      among(holding.maybe, wanted, maybe)
    }
    for (const { holding } of perhaps) {
      among(holding.yes, wanted, maybe)
      among(holding.maybe, wanted, maybe)
    }
    const isAny = entities.length + perhaps.length > 0
    return `${family} ${hasAddress} ${isAny} ${inOrder(yes)} ${inOrder(maybe)} ${inOrder(nets)}`
  }
  const made = (peer: PeerClass): number => {
    const text = textOf(peer)
    const look = names.get(text) ?? names.size
    names.set(text, look)
    byPeer[peer.id] = look
    return look
  }
  return (peer) => byPeer[peer.id] ?? made(peer)
}
