import type { IPVersion } from '../../model/policy/rule.js'
import type { PeerAt, ResolvedPeer } from '../compile/peer-resolver.js'
import type { FelixFacts } from '../world/felix-facts.js'
import type { Packet } from '../world/flow.js'
import { evaluateDirection } from './evaluate-direction.js'
import type { OpenChains } from './evaluator.js'
import { impossible } from './impossible.js'
import { judgeHosts } from './judge-hosts.js'
import { missingFor } from './missing.js'
import { type Sent, sentOf } from './packet-holds.js'
import { agreed, type Reason, type Verdict } from './reason.js'
import { endsOf, type Judge, type Pair, type Sending, waysBetween } from './way.js'

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

/** The two sides of a way between pods and the outside, decided. */
export const decideWay = (
  by: Judge,
  way: Pair<PeerAt>,
  sent: Sent,
  open: OpenChains = by.evaluator.between(way.from.peer, way.to.peer, sent.protocol),
): Verdict => {
  const ends = endsOf(by, way)
  const egress = open.egress && evaluateDirection(open.egress, sent, ends)
  if (egress?.decision === 'denied') return egress
  const ingress = open.ingress && evaluateDirection(open.ingress, sent, ends)
  const reasons =
    egress === undefined
      ? (ingress?.reasons ?? [])
      : ingress === undefined
        ? egress.reasons
        : [...egress.reasons, ...ingress.reasons]
  if (ingress?.decision === 'denied') return { decision: 'denied', reasons }
  const isUnknown = egress?.decision === 'unknown' || ingress?.decision === 'unknown'
  return { decision: isUnknown ? 'unknown' : 'allowed', reasons }
}

const missingOn = (by: Judge, peers: Pair<ResolvedPeer>, way: Pair<PeerAt>, sent: Sent) => {
  const open = by.evaluator.between(way.from.peer, way.to.peer, sent.protocol)
  const ends = endsOf(by, way)
  return missingFor([...(open.egress ?? []), ...(open.ingress ?? [])], peers, way, { sent, ends })
}

/** Whether chains of nodes may have a say, beside those of the pods. */
export const meetsHosts = (by: Judge, { from, to }: Pair<ResolvedPeer>, about: Sending = {}): boolean =>
  from.isHost || to.isHost || about.beforeDNAT !== undefined || by.hosts.areOnTheWay()

/** Whether a packet gets through: past the egress of the pod it comes from, and the ingress of the pod it goes to. */
const judgePods = (by: Judge, peers: Pair<ResolvedPeer>, sent: Sent, version?: IPVersion): Verdict => {
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

/** By what could be read alone. */
const judgeRead = (by: Judge, peers: Pair<ResolvedPeer>, sent: Sent, sending: Sending): Verdict => {
  const tunnel = peers.from.isPod ? encapsulation(sent, by.felix) : undefined
  if (tunnel !== undefined) return dropped(tunnel)
  return meetsHosts(by, peers, sending)
    ? judgeHosts(by, peers, sent, sending)
    : judgePods(by, peers, sent, sending.ipVersion)
}

/**
 * Whether the policies let a packet through: the egress of the pod it comes from, the ingress of the pod it goes to, and
 * whatever the nodes on its way ask.
 */
export const judge = (
  by: Judge,
  peers: Pair<ResolvedPeer>,
  packet: Packet,
  sending: Sending = {},
): Verdict => {
  const sent = sentOf(packet)
  const wrong = impossible(sent, peers)
  if (wrong !== undefined) return { decision: 'unknown', reasons: [], missing: [wrong] }
  const verdict = judgeRead(by, peers, sent, sending)
  const unread = by.unread?.(peers, sent) ?? []
  return unread.length === 0
    ? verdict
    : { ...verdict, decision: 'unknown', missing: [...(verdict.missing ?? []), ...unread] }
}
