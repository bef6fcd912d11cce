import type { IPVersion } from '../../model/rule.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { PeerAt, ResolvedPeer } from '../compile/peer-resolver.js'
import type { FelixFacts } from '../world/felix-facts.js'
import type { Packet } from '../world/flow.js'
import { evaluateDirection } from './evaluate-direction.js'
import type { Evaluator, OpenChains } from './evaluator.js'
import { missingFor } from './missing.js'
import { type Ends, type Sent, sentOf } from './packet-holds.js'
import type { Decision, Reason, Verdict } from './reason.js'
import type { UnreadFacts } from './unread.js'

/** What a verdict is asked of. */
export interface Judge {
  readonly evaluator: Evaluator
  readonly felix: FelixFacts
  readonly hosts: HostFacts
  /** What could not be read and has a say; absent where all was read. */
  readonly unread?: UnreadFacts | undefined
}

/** What policies of hosts, which are not asked here, may have a say in. */
export interface HostFacts {
  /** Whether some host endpoint does not say what addresses it has: then any address may be a host's. */
  readonly mayBeAnywhere: boolean
  /** Whether policies of hosts may be asked on the way to or from pods. */
  readonly areOnTheWay: boolean
}

export interface Pair<A> {
  readonly from: A
  readonly to: A
}

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

const udp = 17
const ipInIp = 4

/** Felix drops tunnels that pods would make, before it asks any policy. **Source**: `felix/rules/endpoints.go`. */
const encapsulation = ({ protocol, port }: Sent, felix: FelixFacts): Reason['encapsulation'] => {
  if (protocol === udp && port !== undefined && port === felix.vxlanPort) return 'VXLAN'
  return protocol === ipInIp && felix.dropsIPIP ? 'IP in IP' : undefined
}

const dropped = (by: NonNullable<Reason['encapsulation']>): Verdict => ({
  decision: 'denied',
  reasons: [{ direction: 'Egress', tier: '', action: 'Deny', certain: true, encapsulation: by }],
})

/** Whether an end has policies that are not asked here: those of a host, or of nobody knows what. */
const isBeyondEnd = ({ own, hosts, hasAddress }: PeerClass, { mayBeAnywhere }: HostFacts): boolean =>
  own === undefined && (hosts.length > 0 || !hasAddress || mayBeAnywhere)

/**
 * A node to a pod of its own is never asked, and some of ICMPv6 from a pod to its node is let through before policy. Which
 * node a pod is on is not looked at.
 */
const isOfNode = ({ from, to }: Pair<PeerAt>): boolean => from.peer.isNode || to.peer.isNode

export const isBeyond = ({ from, to }: Pair<PeerAt>, hosts: HostFacts): boolean =>
  hosts.areOnTheWay || isOfNode({ from, to }) || isBeyondEnd(from.peer, hosts) || isBeyondEnd(to.peer, hosts)

const onTheWay = ['what the policies of host endpoints on the way let through']

const beyond = ({ endpoint }: ResolvedPeer, { peer }: PeerAt, hosts: HostFacts): ReadonlyArray<string> => {
  if (endpoint._tag !== 'Address') return []
  if (peer.isNode) return [`what the node at ${endpoint.ip} lets through`]
  if (!isBeyondEnd(peer, hosts)) return []
  return [
    peer.hasAddress
      ? `what the host endpoint at ${endpoint.ip} lets through`
      : `what ${endpoint.ip} is: no pod of the world, and no address`,
  ]
}

export const endsOf = ({ evaluator }: Judge, { from, to }: Pair<PeerAt>): Ends => ({
  from: from.peer,
  to: to.peer,
  family: to.family ?? from.family,
  facts: evaluator.facts,
})

/** The two sides of a way, decided. A host endpoint's own policies are not known. */
export const decideWay = (
  by: Judge,
  way: Pair<PeerAt>,
  sent: Sent,
  open: OpenChains = by.evaluator.between(way.from.peer, way.to.peer, sent.protocol),
): Verdict => {
  const ends = endsOf(by, way)
  const egress = open.egress && evaluateDirection(open.egress, sent, ends)
  const isNode = isOfNode(way)
  if (egress?.decision === 'denied' && !isNode) return egress
  const ingress = open.ingress && evaluateDirection(open.ingress, sent, ends)
  const reasons =
    egress === undefined
      ? (ingress?.reasons ?? [])
      : ingress === undefined
        ? egress.reasons
        : [...egress.reasons, ...ingress.reasons]
  if (ingress?.decision === 'denied' && !isNode) return { decision: 'denied', reasons }
  const hasHost = isBeyond(way, by.hosts)
  const isUnknown = egress?.decision === 'unknown' || ingress?.decision === 'unknown' || hasHost
  return { decision: isUnknown ? 'unknown' : 'allowed', reasons }
}

const missingOn = (by: Judge, peers: Pair<ResolvedPeer>, way: Pair<PeerAt>, sent: Sent) => {
  const open = by.evaluator.between(way.from.peer, way.to.peer, sent.protocol)
  const ends = endsOf(by, way)
  return [
    ...missingFor([...(open.egress ?? []), ...(open.ingress ?? [])], peers, way, { sent, ends }),
    ...beyond(peers.from, way.from, by.hosts),
    ...beyond(peers.to, way.to, by.hosts),
    ...(by.hosts.areOnTheWay ? onTheWay : []),
  ]
}

/** One decision for all ways that a packet may go. */
export const agreed = (decisions: ReadonlyArray<Decision>): Decision =>
  decisions.every((decision) => decision === decisions[0]) ? (decisions[0] ?? 'unknown') : 'unknown'

/** Whether the policies let a packet through: the egress of the pod it comes from, and the ingress of the pod it goes to. */
export const judge = (by: Judge, peers: Pair<ResolvedPeer>, packet: Packet, version?: IPVersion): Verdict => {
  const verdict = judgeRead(by, peers, packet, version)
  const unread = by.unread?.(peers, sentOf(packet)) ?? []
  return unread.length === 0
    ? verdict
    : { ...verdict, decision: 'unknown', missing: [...(verdict.missing ?? []), ...unread] }
}

/** The same, by what could be read alone. */
const judgeRead = (by: Judge, peers: Pair<ResolvedPeer>, packet: Packet, version?: IPVersion): Verdict => {
  const sent = sentOf(packet)
  const tunnel = peers.from.isPod ? encapsulation(sent, by.felix) : undefined
  if (tunnel !== undefined) return dropped(tunnel)
  const ways = waysBetween(peers, version)
  const [only] = ways
  if (only !== undefined && ways.length === 1) {
    const verdict = decideWay(by, only, sent)
    if (verdict.decision !== 'unknown') return verdict
  }
  const [first, ...others] = ways.map((way) => decideWay(by, way, sent))
  if (first === undefined) return { decision: 'unknown', reasons: [] }
  const decision = agreed([first, ...others].map((it) => it.decision))
  if (decision !== 'unknown') return first
  const missing = [...new Set(ways.flatMap((way) => missingOn(by, peers, way, sent)))]
  const differs = others.some((other) => other.decision !== first.decision)
  return {
    decision,
    reasons: first.reasons,
    missing: differs ? [...missing, 'ipVersion, 4 or 6'] : missing,
  }
}
