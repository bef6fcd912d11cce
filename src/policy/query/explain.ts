import type { PolicyType } from '../../model/policy.js'
import type { Action, IPVersion } from '../../model/rule.js'
import type { PeerAt, ResolvedPeer } from '../compile/peer-resolver.js'
import { both, type Certainty } from '../compile/three-valued.js'
import type { Ask } from '../evaluate/chain.js'
import { endsOf, type Judge, judge, type Pair, waysBetween } from '../evaluate/judge.js'
import { packetHolds, sentOf } from '../evaluate/packet-holds.js'
import type { Decision, Verdict } from '../evaluate/reason.js'
import type { Packet } from '../world/flow.js'

/** A rule that was asked, or the end of a tier, and what it made of the packet. */
export interface Step {
  readonly tier: string
  /** Absent for the end of a tier. */
  readonly policy?: string
  readonly rule?: number
  readonly action: Action
  readonly matches: 'yes' | 'no' | 'perhaps'
  /** Where it does not match: what is other than the rule asks for. */
  readonly because?: 'the other end' | 'the protocol or the ports'
  /** It decided, or passed the packet on. */
  readonly decides: boolean
}

/** One side of a flow: what the pod's own policies were asked, in order. */
export interface ExplainedSide {
  readonly direction: PolicyType
  /** The pod, as `shop/web`. */
  readonly peer: string
  readonly steps: ReadonlyArray<Step>
  /** Where no policy decides: `no policy` applies, or all `pass` it on, and the namespace's profile allows. */
  readonly profile?: 'no policy' | 'passed on'
}

export interface Explanation extends Verdict {
  readonly sides: ReadonlyArray<ExplainedSide>
}

const words = { 0: 'no', 1: 'perhaps', 2: 'yes' } as const

const stepOf = (ask: Ask, otherEnd: Certainty, packet: Certainty): Step => {
  const { reason, action, isAsked } = ask
  const holds = both(isAsked, both(otherEnd, packet))
  const { tier, policy, rule } = reason
  return {
    tier,
    ...(policy === undefined ? {} : { policy }),
    ...(rule === undefined ? {} : { rule }),
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

interface Side {
  readonly direction: PolicyType
  /** The pod whose policies are asked, as `shop/web`. */
  readonly peer: string
}

const sideOf = (by: Judge, way: Pair<PeerAt>, packet: Packet, { direction, peer }: Side): ExplainedSide => {
  const [mine, other] = direction === 'Egress' ? [way.from, way.to] : [way.to, way.from]
  const ends = endsOf(by, way)
  const sent = sentOf(packet)
  const all = by.evaluator.chain(mine.peer, direction).map((ask) => {
    const test = direction === 'Egress' ? ask.rule?.destination : ask.rule?.source
    const otherEnd = test === undefined ? 2 : by.evaluator.endHolds(test, other.peer)
    return stepOf(ask, otherEnd, ask.rule === undefined ? 2 : packetHolds(ask.rule.packet, sent, ends))
  })
  const steps = reached(all)
  const last = steps.at(-1)
  const isDecided = last?.decides === true && last.action !== 'Pass'
  return {
    direction,
    peer,
    steps,
    ...(isDecided ? {} : { profile: steps.length === 0 ? ('no policy' as const) : ('passed on' as const) }),
  }
}

const nameOf = ({ endpoint }: ResolvedPeer): string =>
  endpoint._tag === 'Address' ? endpoint.ip : `${endpoint.namespace}/${endpoint.name ?? '(a pod)'}`

/** The verdict, and the way there: each rule that was asked on each side, with those that did not match. */
export const explainFlow = (
  by: Judge,
  peers: Pair<ResolvedPeer>,
  packet: Packet,
  version?: IPVersion,
): Explanation => {
  const verdict = judge(by, peers, packet, version)
  const [way] = waysBetween(peers, version)
  if (way === undefined || verdict.reasons.some(({ encapsulation }) => encapsulation !== undefined))
    return { ...verdict, sides: [] }
  return {
    ...verdict,
    sides: [
      ...(peers.from.isPod
        ? [sideOf(by, way, packet, { direction: 'Egress', peer: nameOf(peers.from) })]
        : []),
      ...(peers.to.isPod ? [sideOf(by, way, packet, { direction: 'Ingress', peer: nameOf(peers.to) })] : []),
    ],
  }
}

const stepLine = ({ policy, rule, tier, action, matches, because, decides }: Step): string => {
  const who = policy === undefined ? `end of tier "${tier}"` : `${policy}, rule ${rule}`
  if (matches === 'no') return `      ${who}: no match, by ${because}`
  return `    ${decides ? '→' : ' '} ${who}: ${action}${matches === 'perhaps' ? ' (may match)' : ''}`
}

const profileLines: Readonly<Record<NonNullable<ExplainedSide['profile']>, string>> = {
  'no policy': "    → no policy applies: the namespace's profile allows",
  'passed on': "    → no policy decides: the namespace's profile allows",
}

const titles: Readonly<Record<Decision, string>> = {
  allowed: 'allowed',
  denied: 'denied',
  unknown: 'not known',
}

/** An explanation as text for people. */
export const printExplanation = ({ decision, sides, missing = [], reasons }: Explanation): string =>
  [
    titles[decision],
    ...reasons.flatMap(({ encapsulation }) =>
      encapsulation === undefined ? [] : [`  Felix drops ${encapsulation} that pods send, before any policy`],
    ),
    ...sides.flatMap(({ direction, peer, steps, profile }) => [
      `  ${direction.toLowerCase()} of ${peer}`,
      ...steps.map(stepLine),
      ...(profile === undefined ? [] : [profileLines[profile]]),
    ]),
    ...missing.map((it) => `  not given: ${it}`),
  ].join('\n')
