import type { PeerAt, ResolvedPeer } from '../compile/peer-resolver.js'
import { decidePlan, type View } from './decide-plan.js'
import type { HostPlan } from './host-plan.js'
import { missingFor } from './missing.js'
import type { Sent } from './packet-holds.js'
import { agreed, type Verdict } from './reason.js'
import type { WayAbout } from './route.js'
import { endsOf, type Judge, type Pair, type Sending, waysBetween } from './way.js'

/** A way with one of the plans that may be its. */
export interface PlannedWay {
  readonly way: Pair<PeerAt>
  readonly plan: HostPlan
}

/** How nodes see a flow, beside its ends. */
const aboutOf = (by: Judge, { interface: iface, beforeDNAT, through }: Sending): WayAbout => {
  if (beforeDNAT === undefined) return { interface: iface, through }
  const { place } = by.hosts.peerAt(beforeDNAT.ip)
  return { interface: iface, through, rewriting: { node: place._tag === 'Host' ? place.node : undefined } }
}

export const plannedWays = (
  by: Judge,
  peers: Pair<ResolvedPeer>,
  sending: Sending,
): ReadonlyArray<PlannedWay> => {
  const about = aboutOf(by, sending)
  return waysBetween(peers, sending.ipVersion).flatMap((way) =>
    by.hosts.between(way.from.place, way.to.place, about).map((plan) => ({ way, plan })),
  )
}

/** What each stage sees: before the destination is rewritten another one, and behind a node that rewrites, that node. */
export const viewOf = (by: Judge, way: Pair<PeerAt>, sent: Sent, { beforeDNAT }: Sending): View => {
  const seen = { ends: endsOf(by, way), sent }
  if (beforeDNAT === undefined) return () => seen
  const { family, peer } = by.hosts.peerAt(beforeDNAT.ip)
  const before = { ends: { ...seen.ends, to: peer, family }, sent: { ...sent, port: beforeDNAT.port } }
  return ({ isBeforeDNAT, masqueradedBy }) => {
    if (isBeforeDNAT) return before
    if (masqueradedBy === undefined) return seen
    const { peer: from } = by.hosts.peerOf(masqueradedBy, seen.ends.family)
    return { ends: { ...seen.ends, from }, sent: { ...sent, sourcePort: undefined } }
  }
}

const nameOfPod = ({ endpoint }: ResolvedPeer): string =>
  endpoint._tag === 'Workload' ? `${endpoint.namespace}/${endpoint.name ?? '(a pod)'}` : ''

const missingOn = (
  by: Judge,
  peers: Pair<ResolvedPeer>,
  { way, plan }: PlannedWay,
  about: { readonly sent: Sent; readonly sending: Sending },
): ReadonlyArray<string> => {
  const view = viewOf(by, way, about.sent, about.sending)
  return [
    ...plan.missing,
    ...plan.needsNodeOf.map((end) => `the node that ${nameOfPod(peers[end])} runs on`),
    ...plan.stages.flatMap((stage) => {
      const seen = view(stage)
      const open = by.evaluator.openAt(stage, seen.ends.from, seen.ends.to, seen.sent.protocol)
      const own = open.some(({ ask }) => ask.isAsked === 1) ? (stage.asks?.missing ?? []) : []
      return [...own, ...missingFor(open, peers, way, seen)]
    }),
  ]
}

const decide = (by: Judge, { way, plan }: PlannedWay, sent: Sent, sending: Sending): Verdict => {
  const seen = { ends: endsOf(by, way), sent }
  return sending.beforeDNAT === undefined
    ? decidePlan(plan, by.evaluator, seen)
    : decidePlan(plan, by.evaluator, seen, viewOf(by, way, sent, sending))
}

/** The one way there is, where there is but one; the usual case, without any list. */
const onlyWay = (by: Judge, { from, to }: Pair<ResolvedPeer>, sending: Sending): PlannedWay | undefined => {
  if (from.at.length > 1 || to.at.length > 1 || sending.beforeDNAT !== undefined) return undefined
  const way = { from: from.at[0], to: to.at[0] }
  const plans = by.hosts.between(way.from.place, way.to.place, sending)
  const [plan] = plans
  return plan !== undefined && plans.length === 1 ? { way, plan } : undefined
}

/** What to name, where it hangs on which of several ways it goes. */
const whichOf = (planned: ReadonlyArray<PlannedWay>): ReadonlyArray<string> => {
  const families = new Set(planned.map(({ way }) => way.to.family ?? way.from.family))
  const nodes = new Set(planned.map(({ plan }) => plan.by))
  const ways = new Set(planned.map(({ way, plan }) => `${way.to.family ?? way.from.family} ${plan.by ?? ''}`))
  return [
    ...(families.size > 1 ? ['ipVersion, 4 or 6'] : []),
    ...(nodes.size > 1 ? ['through, the node that passes it on, if one does'] : []),
    ...(planned.length > ways.size ? ['the interface, or the address of the node'] : []),
  ]
}

/** Whether all that is asked on the way, by nodes as well as by pods, lets a packet through. */
export const judgeHosts = (by: Judge, peers: Pair<ResolvedPeer>, sent: Sent, sending: Sending): Verdict => {
  const only = onlyWay(by, peers, sending)
  if (only !== undefined) {
    const verdict = decide(by, only, sent, sending)
    if (verdict.decision !== 'unknown') return verdict
  }
  const planned = plannedWays(by, peers, sending)
  const [first, ...others] = planned.map((it) => decide(by, it, sent, sending))
  if (first === undefined) return { decision: 'unknown', reasons: [] }
  const decision = agreed([first, ...others].map((it) => it.decision))
  if (decision !== 'unknown') return first
  const missing = planned.flatMap((it) => missingOn(by, peers, it, { sent, sending }))
  const isAlike = others.every((other) => other.decision === first.decision)
  const which = isAlike ? [] : whichOf(planned)
  return { ...first, decision, missing: [...new Set([...missing, ...which])] }
}
