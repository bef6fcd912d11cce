import type { PolicyType } from '../../model/policy/policy.js'
import type { PeerAt, ResolvedPeer } from '../compile/peer-resolver.js'
import type { TestTable } from '../compile/test-table.js'
import type { OpenAsk } from '../evaluate/chain.js'
import { decidePlan } from '../evaluate/decide-plan.js'
import type { HostPlan } from '../evaluate/host-plan.js'
import { decideWay, meetsHosts } from '../evaluate/judge.js'
import { type PlannedWay, plannedWays } from '../evaluate/judge-hosts.js'
import { type Ends, meansProtocol, type Sent } from '../evaluate/packet-holds.js'
import { agreed, type Decision, type Reason, type Verdict } from '../evaluate/reason.js'
import type { Stage } from '../evaluate/stage.js'
import { endsOf, type Judge, type Pair, waysBetween } from '../evaluate/way.js'
import { breakpointsOf } from './breakpoints.js'
import { partition } from './partition.js'
import { alongAxes, mentionedBy, sideText } from './side-regions.js'
import { betweenSides, type Side, type SideTable, sideOf, sideTable } from './side-table.js'
import { axesOf, type ConnectionSet, type Traffic } from './traffic.js'

/** A way, and what it leaves open to ask of a packet. */
interface OpenWay {
  readonly ends: Ends
  readonly asks: ReadonlyArray<OpenAsk>
  /** The same for ways that let the same through. */
  readonly key: string
  readonly decide: (sent: Sent) => Verdict
}

/** Between pods and the outside: by the policies of both ends, or of one. */
const podWay = (judge: Judge, way: Pair<PeerAt>, only?: PolicyType): OpenWay => {
  const { egress, ingress } = judge.evaluator.open(way.from.peer, way.to.peer)
  const open = {
    egress: only === 'Ingress' ? undefined : egress,
    ingress: only === 'Egress' ? undefined : ingress,
  }
  const ends = endsOf(judge, way)
  return {
    ends,
    asks: [...(open.egress ?? []), ...(open.ingress ?? [])],
    key: `${sideText(open.egress, ends)} ${sideText(open.ingress, ends)}`,
    decide: (sent) => decideWay(judge, way, sent, open),
  }
}

const flagsOf = ({ isGuard, isUnlessAccepted, startsHop, asks }: Stage): string =>
  [isGuard, isUnlessAccepted, startsHop].map(Number).join('') + (asks === undefined ? 'pod' : '')

/** Where nodes are asked as well. */
const hostWay = (judge: Judge, { way, plan }: PlannedWay): OpenWay => {
  const ends = endsOf(judge, way)
  const { from, to } = ends
  const opens = new Map(
    plan.stages.map((stage) => {
      const { asks, direction } = stage
      if (asks !== undefined) return [stage, judge.evaluator.hostOpen(asks, from, to)]
      const { egress, ingress } = judge.evaluator.open(from, to)
      return [stage, (direction === 'Egress' ? egress : ingress) ?? []]
    }),
  )
  const opener = { openAt: (stage: Pick<Stage, 'asks'>) => opens.get(stage as Stage) ?? [] }
  const texts = [...opens].map(([stage, asks]) => `${flagsOf(stage)} ${sideText(asks, ends)}`)
  return {
    ends,
    asks: [...opens.values()].flat(),
    key: `${texts.join(' ')} ${plan.isOpen} ${plan.missing.length + plan.needsNodeOf.length > 0}`,
    decide: (sent) => decidePlan(plan, opener, { ends, sent }),
  }
}

const isSurePlan = ({ isOpen, missing, needsNodeOf }: HostPlan): boolean =>
  !isOpen && missing.length + needsNodeOf.length === 0

const openWays = (judge: Judge, peers: Pair<ResolvedPeer>, only?: PolicyType): ReadonlyArray<OpenWay> =>
  only === undefined && meetsHosts(judge, peers)
    ? plannedWays(judge, peers, {}).map((it) => hostWay(judge, it))
    : waysBetween(peers).map((way) => podWay(judge, way, only))

/** Something asked of each piece of traffic that the rules tell apart; what has one answer is put together. */
const divided = <Answer extends string>(
  ways: ReadonlyArray<OpenWay>,
  answerOf: (verdicts: ReadonlyArray<Verdict>) => Answer,
): ReadonlyMap<Answer, ReadonlyArray<Traffic>> => {
  const tests = ways.flatMap(({ asks, ends }) =>
    asks.flatMap(({ ask }) => (ask.rule === undefined ? [] : [{ test: ask.rule.packet, ends }])),
  )
  const mentioned = tests.flatMap(({ test }) => mentionedBy(test))
  return partition<Answer>(mentioned, (protocol) => {
    const { packet } = axesOf(protocol)
    const points = tests
      .filter(({ test }) => meansProtocol(test, protocol))
      .map(({ test, ends }) => breakpointsOf(test, ends))
    return {
      breakpoints: alongAxes(protocol, points),
      ask: (first, second) => {
        const { port, sourcePort, icmp } = packet(first, second)
        const sent = { protocol, port, sourcePort, icmp }
        return answerOf(ways.map(({ decide }) => decide(sent)))
      },
    }
  })
}

const decisionOf = (verdicts: ReadonlyArray<Verdict>): Decision =>
  agreed(verdicts.map(({ decision }) => decision))

const decide = (ways: ReadonlyArray<OpenWay>): ConnectionSet => {
  const found = divided(ways, decisionOf)
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
  const ways = openWays(judge, peers)
  const answers = new Map<string, Omit<ExplainedTraffic, 'traffic'>>()
  const found = divided(ways, (verdicts) => {
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

/** Something that could not be read may decide. */
const nobodyKnows: ConnectionSet = { allowed: [], unknown: [{}] }

/** A judge, and all that its rules ask, where that is known. */
export interface TestedJudge extends Judge {
  readonly tests?: TestTable
}

type Settled = (ways: ReadonlyArray<OpenWay>) => ConnectionSet

/** What gets through between peers. */
export interface ConnectionSets {
  readonly between: (peers: Pair<ResolvedPeer>) => ConnectionSet
  /** Where peers are asked about by their own policies, and by what those of others see of them. */
  readonly sides: SideTable | undefined
}

const isPlain = ({ judge, only }: Pick<SideTable, 'judge' | 'only'>, peers: Pair<ResolvedPeer>): boolean =>
  only !== undefined || !meetsHosts(judge, peers)

/** The side of a peer that is asked about by it; for others `undefined`. */
export const sideOfPeer = ({ sides }: ConnectionSets, peer: ResolvedPeer): Side | undefined =>
  sides === undefined ||
  sides.judge.unread !== undefined ||
  peer.at.length > 1 ||
  !isPlain(sides, { from: peer, to: peer })
    ? undefined
    : sideOf(sides, peer.at[0])

/**
 * What gets through from one peer to another, by the policies of all or of one end alone. Where they leave the same open, the
 * answer is the same value.
 */
export const connectionSets = (judge: TestedJudge, only?: PolicyType): ConnectionSets => {
  const answers = new Map<string, ConnectionSet>()
  const values = new Map<string, ConnectionSet>()
  const settled: Settled = (ways) => {
    const key = ways.map((way) => way.key).join('|')
    const there = answers.get(key)
    if (there !== undefined) return there
    const made = decide(ways)
    const text = JSON.stringify(made)
    const value = values.get(text) ?? made
    values.set(text, value)
    answers.set(key, value)
    return value
  }
  const byStages = new Map<ReadonlyArray<Stage>, Array<Array<ConnectionSet | undefined>>>()
  /** Where nodes are asked as well: what meets the same chains between the same classes is the same. */
  const planned = (peers: Pair<ResolvedPeer>): ConnectionSet => {
    const ways = plannedWays(judge, peers, {})
    const way = ways[0]
    const isSure = way !== undefined && ways.length === 1 && isSurePlan(way.plan)
    if (!isSure) return settled(ways.map((it) => hostWay(judge, it)))
    const { from, to } = endsOf(judge, way.way)
    const rows = byStages.get(way.plan.stages) ?? []
    byStages.set(way.plan.stages, rows)
    const row = rows[from.id] ?? []
    rows[from.id] = row
    const set = row[to.id] ?? settled([hostWay(judge, way)])
    row[to.id] = set
    return set
  }
  const table = judge.tests && sideTable(judge, judge.tests, only)
  return {
    between: (peers) => {
      if (judge.unread !== undefined && judge.unread(peers).length > 0) return nobodyKnows
      if (!isPlain({ judge, only }, peers)) return planned(peers)
      if (table === undefined) return settled(openWays(judge, peers, only))
      const [way, more] = waysBetween(peers)
      return way !== undefined && more === undefined
        ? betweenSides(sideOf(table, way.from), sideOf(table, way.to))
        : settled(openWays(judge, peers, only))
    },
    sides: table,
  }
}
