import type { IPVersion } from '../../model/policy/rule.js'
import type { PeerAt, ResolvedPeer } from '../compile/peer-resolver.js'
import type { FelixFacts } from '../world/felix-facts.js'
import type { Flow } from '../world/flow.js'
import type { Evaluator } from './evaluator.js'
import type { HostPlans } from './host-plan.js'
import type { Ends } from './packet-holds.js'
import type { UnreadFacts } from './unread.js'

/** What a verdict is asked of. */
export interface Judge {
  readonly evaluator: Evaluator
  readonly felix: FelixFacts
  readonly hosts: HostPlans
  /** What could not be read and has a say; absent where all was read. */
  readonly unread?: UnreadFacts | undefined
}

export interface Pair<A> {
  readonly from: A
  readonly to: A
}

/** How a flow goes, beside its ends and what is sent. */
export type Sending = Partial<Pick<Flow, 'ipVersion' | 'interface' | 'beforeDNAT' | 'through'>>

/** The ways for a packet to go: from an address of one family to another of that family. */
export const waysBetween = (
  { from, to }: Pair<ResolvedPeer>,
  version?: IPVersion,
): ReadonlyArray<Pair<PeerAt>> => {
  const [[a], [b]] = [from.at, to.at]
  if (from.at.length === 1 && to.at.length === 1) return [{ from: a, to: b }]
  const all = from.at.flatMap((one) => to.at.map((other) => ({ from: one, to: other })))
  const isAlike = (one: 4 | 6 | undefined, other: 4 | 6 | undefined): boolean =>
    one === undefined || other === undefined || one === other
  const alike = all.filter((way) => isAlike(way.from.family, way.to.family))
  const wanted = alike.filter((way) => isAlike(way.from.family ?? way.to.family, version))
  return wanted.length > 0 ? wanted : alike.length > 0 ? alike : all.slice(0, 1)
}

export const endsOf = ({ evaluator }: Judge, { from, to }: Pair<PeerAt>): Ends => ({
  from: from.peer,
  to: to.peer,
  family: to.family ?? from.family,
  facts: evaluator.facts,
})
