import type { PolicyType } from '../../model/policy.js'
import type { Interval } from '../../net/interval.js'
import type { PeerAt, ResolvedPeer } from '../compile/peer-resolver.js'
import type { OpenAsk } from '../evaluate/chain.js'
import type { OpenChains } from '../evaluate/evaluator.js'
import { agreed, decideWay, endsOf, isBeyond, type Judge, type Pair, waysBetween } from '../evaluate/judge.js'
import { type Ends, meansProtocol } from '../evaluate/packet-holds.js'
import type { Decision, Reason, Verdict } from '../evaluate/reason.js'
import { breakpointsOf, traitsFor } from './breakpoints.js'
import { partition } from './partition.js'
import { axesOf, type ConnectionSet, type Traffic } from './traffic.js'

/** A way, and what it leaves open to ask of a packet. */
interface OpenWay {
  readonly way: Pair<PeerAt>
  readonly ends: Ends
  readonly open: OpenChains
  readonly asks: ReadonlyArray<OpenAsk>
}

/** What both ends leave open, or one of them, where only its own policies are asked. */
const openChains = (judge: Judge, { from, to }: Pair<PeerAt>, only?: PolicyType): OpenChains => {
  const { egress, ingress } = judge.evaluator.open(from.peer, to.peer)
  return {
    egress: only === 'Ingress' ? undefined : egress,
    ingress: only === 'Egress' ? undefined : ingress,
  }
}

const openWay = (judge: Judge, way: Pair<PeerAt>, only?: PolicyType): OpenWay => {
  const open = openChains(judge, way, only)
  return {
    way,
    ends: endsOf(judge, way),
    open,
    asks: [...(open.egress ?? []), ...(open.ingress ?? [])],
  }
}

const askText = ({ ask, match }: OpenAsk, ends: Ends): string =>
  `${ask.key}${match === 2 ? '' : '~'}${ask.rule === undefined ? '' : traitsFor(ask.rule.packet, ends)}`

/** The same for ways that let the same through. */
const keyOf = ({ way, ends, open }: OpenWay, { hosts }: Judge): string => {
  const side = (asks: ReadonlyArray<OpenAsk> | undefined): string =>
    asks?.map((it) => askText(it, ends)).join() ?? 'none'
  return `${side(open.egress)} ${side(open.ingress)} ${isBeyond(way, hosts)}`
}

/** Something asked of each piece of traffic that the rules tell apart; what has one answer is put together. */
const divided = <Answer extends string>(
  judge: Judge,
  ways: ReadonlyArray<OpenWay>,
  answerOf: (verdicts: ReadonlyArray<Verdict>) => Answer,
): ReadonlyMap<Answer, ReadonlyArray<Traffic>> => {
  const tests = ways.flatMap(({ asks, ends }) =>
    asks.flatMap(({ ask }) => (ask.rule === undefined ? [] : [{ test: ask.rule.packet, ends }])),
  )
  const mentioned = tests.flatMap(({ test }) => [test.protocol ?? [], test.notProtocol ?? []].flat())
  const services = tests.some(({ test }) => test.service !== undefined) ? [6, 17, 132] : []
  return partition<Answer>([...mentioned, ...services], (protocol) => {
    const { fields, packet } = axesOf(protocol)
    const points = tests
      .filter(({ test }) => meansProtocol(test, protocol))
      .map(({ test, ends }) => breakpointsOf(test, ends))
    const along = (field: (typeof fields)[number]): ReadonlyArray<Interval> =>
      points.flatMap((it) => it[field])
    return {
      breakpoints: [along(fields[0]), along(fields[1])],
      ask: (first, second) => {
        const { port, sourcePort, icmp } = packet(first, second)
        const sent = { protocol, port, sourcePort, icmp }
        return answerOf(ways.map(({ way, open }) => decideWay(judge, way, sent, open)))
      },
    }
  })
}

const decisionOf = (verdicts: ReadonlyArray<Verdict>): Decision =>
  agreed(verdicts.map(({ decision }) => decision))

const decide = (judge: Judge, ways: ReadonlyArray<OpenWay>): ConnectionSet => {
  const found = divided(judge, ways, decisionOf)
  return { allowed: found.get('allowed') ?? [], unknown: found.get('unknown') ?? [] }
}

/** Traffic that one and the same lets through, or does not. */
export interface ExplainedTraffic {
  readonly traffic: ReadonlyArray<Traffic>
  readonly decision: Decision
  /** What was asked and matched, in order. Empty when no policy applies: then all is allowed. */
  readonly reasons: ReadonlyArray<Reason>
}

/** What gets through from one peer to another and what does not, by what has a say in it. */
export const explainPair = (judge: Judge, peers: Pair<ResolvedPeer>): ReadonlyArray<ExplainedTraffic> => {
  const ways = waysBetween(peers).map((way) => openWay(judge, way))
  const answers = new Map<string, Omit<ExplainedTraffic, 'traffic'>>()
  const found = divided(judge, ways, (verdicts) => {
    const decision = decisionOf(verdicts)
    const reasons = verdicts[0]?.reasons ?? []
    const key = JSON.stringify([decision, reasons])
    answers.set(key, { decision, reasons })
    return key
  })
  return [...found].map(([key, traffic]) => ({
    traffic,
    ...(answers.get(key) ?? { decision: 'unknown', reasons: [] }),
  }))
}

/** What gets through from one peer to another, by the policies of both or of one. Where they leave the same open, the answer is the same value. */
export const connectionSets = (
  judge: Judge,
  only?: PolicyType,
): ((peers: Pair<ResolvedPeer>) => ConnectionSet) => {
  const answers = new Map<string, ConnectionSet>()
  const values = new Map<string, ConnectionSet>()
  return (peers) => {
    const ways = waysBetween(peers).map((way) => openWay(judge, way, only))
    const key = ways.map((way) => keyOf(way, judge)).join('|')
    const there = answers.get(key)
    if (there !== undefined) return there
    const made = decide(judge, ways)
    const text = JSON.stringify(made)
    const value = values.get(text) ?? made
    values.set(text, value)
    answers.set(key, value)
    return value
  }
}
