import type { PolicyType } from '../../model/policy/policy.js'
import type { CompiledRule } from '../compile/compiled-policy.js'
import type { ResolvedPeer } from '../compile/peer-resolver.js'
import { both, type Certainty } from '../compile/three-valued.js'
import type { Ask, Chain } from '../evaluate/chain.js'
import type { SeenBy, View } from '../evaluate/decide-plan.js'
import type { HostAsks } from '../evaluate/host-asks.js'
import type { HostPlan } from '../evaluate/host-plan.js'
import { judge, meetsHosts } from '../evaluate/judge.js'
import { plannedWays, viewOf } from '../evaluate/judge-hosts.js'
import { packetHolds, sentOf } from '../evaluate/packet-holds.js'
import type { AskedChain, Verdict } from '../evaluate/reason.js'
import { endsOf, type Judge, type Pair, type Sending, waysBetween } from '../evaluate/way.js'
import type { Packet } from '../world/flow.js'
import type { ExplainedSide, Explanation, Step } from './explanation.js'

const words = { 0: 'no', 1: 'perhaps', 2: 'yes' } as const

const stepOf = (ask: Ask, otherEnd: Certainty, packet: Certainty): Step => {
  const { reason, action, isAsked } = ask
  const holds = both(isAsked, both(otherEnd, packet))
  const { tier, policy, rule, by } = reason
  return {
    tier,
    ...(policy === undefined ? {} : { policy }),
    ...(rule === undefined ? {} : { rule }),
    ...(by === undefined ? {} : { by }),
    action,
    matches: words[holds],
    ...(otherEnd === 0
      ? { because: 'the other end' as const }
      : packet === 0
        ? { because: 'the protocol or the ports' as const }
        : {}),
    decides: holds === 2 && action !== 'Log',
  }
}

/** As far as the packet gets: nothing after what decides, and nothing of a tier after what passes it on. */
const reached = (steps: ReadonlyArray<Step>): ReadonlyArray<Step> => {
  const found: Array<Step> = []
  let passed: string | undefined
  for (const step of steps) {
    if (step.tier === passed) continue
    found.push(step)
    if (!step.decides) continue
    if (step.action !== 'Pass') break
    passed = step.tier
  }
  return found
}

/** What a chain makes of a packet, rule by rule. */
const stepsOf = (
  chain: Chain,
  { ends, sent }: SeenBy,
  matchOf: (rule: CompiledRule) => Certainty,
): ReadonlyArray<Step> =>
  reached(
    chain.map((ask) =>
      stepOf(
        ask,
        ask.rule === undefined ? 2 : matchOf(ask.rule),
        ask.rule === undefined ? 2 : packetHolds(ask.rule.packet, sent, ends),
      ),
    ),
  )

const podSide = (by: Judge, direction: PolicyType, peer: string, seen: SeenBy): ExplainedSide => {
  const [mine, other] =
    direction === 'Egress' ? [seen.ends.from, seen.ends.to] : [seen.ends.to, seen.ends.from]
  const steps = stepsOf(by.evaluator.chain(mine, direction), seen, ({ source, destination }) =>
    by.evaluator.endHolds(direction === 'Egress' ? destination : source, other),
  )
  const last = steps.at(-1)
  const isDecided = last?.decides === true && last.action !== 'Pass'
  return {
    direction,
    peer,
    steps,
    ...(isDecided ? {} : { profile: steps.length === 0 ? ('no policy' as const) : ('passed on' as const) }),
  }
}

const hostSide = (
  by: Judge,
  { direction, host }: AskedChain,
  { chain }: HostAsks,
  seen: SeenBy,
): ExplainedSide => ({
  direction,
  peer: host?.endpoint ?? `the node ${host?.node}`,
  ...(host === undefined ? {} : { host }),
  steps: stepsOf(chain, seen, ({ source, destination }) =>
    both(by.evaluator.endHolds(source, seen.ends.from), by.evaluator.endHolds(destination, seen.ends.to)),
  ),
})

const nameOf = ({ endpoint }: ResolvedPeer): string => {
  switch (endpoint._tag) {
    case 'Address':
      return endpoint.ip
    case 'Node':
      return `node:${endpoint.name}`
    default:
      return `${endpoint.namespace}/${endpoint.name ?? '(a pod)'}`
  }
}

const isSameChain = (one: AskedChain, other: AskedChain): boolean =>
  one.direction === other.direction &&
  one.host?.node === other.host?.node &&
  one.host?.hook === other.host?.hook &&
  one.host?.endpoint === other.host?.endpoint

/** The chains of a way that were asked, in order. */
const hostSides = (
  by: Judge,
  peers: Pair<ResolvedPeer>,
  { plan, view }: { readonly plan: HostPlan; readonly view: View },
  { chains = [] }: Verdict,
): ReadonlyArray<ExplainedSide> =>
  plan.stages.flatMap((stage, i) => {
    const { asks, direction } = stage
    const asked = plan.chains[i]
    if (asked === undefined || !chains.some((it) => isSameChain(it, asked))) return []
    if (asks !== undefined) return [hostSide(by, asked, asks, view(stage))]
    return [podSide(by, direction, nameOf(direction === 'Egress' ? peers.from : peers.to), view(stage))]
  })

/** The verdict, and the way there: each rule that was asked on each side, with those that did not match. */
export const explainFlow = (
  by: Judge,
  peers: Pair<ResolvedPeer>,
  packet: Packet,
  sending: Sending = {},
): Explanation => {
  const verdict = judge(by, peers, packet, sending)
  if (verdict.reasons.some(({ encapsulation }) => encapsulation !== undefined))
    return { ...verdict, sides: [] }
  const sent = sentOf(packet)
  if (meetsHosts(by, peers, sending)) {
    const [planned] = plannedWays(by, peers, sending)
    if (planned === undefined) return { ...verdict, sides: [] }
    return {
      ...verdict,
      sides: hostSides(
        by,
        peers,
        { plan: planned.plan, view: viewOf(by, planned.way, sent, sending) },
        verdict,
      ),
    }
  }
  const [way] = waysBetween(peers, sending.ipVersion)
  if (way === undefined) return { ...verdict, sides: [] }
  const seen = { ends: endsOf(by, way), sent }
  return {
    ...verdict,
    sides: [
      ...(peers.from.isPod ? [podSide(by, 'Egress', nameOf(peers.from), seen)] : []),
      ...(peers.to.isPod ? [podSide(by, 'Ingress', nameOf(peers.to), seen)] : []),
    ],
  }
}
