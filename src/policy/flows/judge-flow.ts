import { protocolNumber } from '../../net/protocol-number.js'
import type { ResolvedPeer } from '../compile/peer-resolver.js'
import { judge } from '../evaluate/judge.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import { agreed, type Decision, type Reason, type Verdict } from '../evaluate/reason.js'
import { endsIn, type FoundEnd } from './recorded-ends.js'
import type { RecordedFlow } from './recorded-flow.js'

/** What policies of a world do to a recorded flow. */
export interface JudgedFlow {
  readonly decision: Decision
  /** As the end sees it that recorded the flow: what the source's policies let out, the destination's may still deny. */
  readonly atReporter: Decision
  /** What decided. */
  readonly by?: Reason
  readonly missing: ReadonlyArray<string>
  /** Whether an end is a pod or a node: no policy is asked about others. */
  readonly isAsked: boolean
  readonly ends: { readonly from: FoundEnd; readonly to: FoundEnd }
}

const atSource = ({ decision, reasons }: Verdict): Decision => {
  if (decision !== 'denied' || reasons.at(-1)?.direction === 'Egress') return decision
  const isSure = reasons.every(({ direction, certain }) => direction === 'Ingress' || certain)
  return isSure ? 'allowed' : 'unknown'
}

const hidden = (flow: RecordedFlow): ReadonlyArray<string> =>
  [flow.from, flow.to].flatMap((peer) =>
    peer._tag === 'Anywhere' ? [`which ${peer.of} address it was: the log does not say`] : [],
  )

/** What becomes of a packet, whoever recorded it. */
interface Fate extends Pick<JudgedFlow, 'decision' | 'by' | 'missing'> {
  readonly atSource: Decision
}

const fateOf = (
  world: PolicyWorld,
  flow: RecordedFlow,
  from: ReadonlyArray<ResolvedPeer>,
  to: ReadonlyArray<ResolvedPeer>,
): Fate => {
  const decisions = new Set<Decision>()
  const ofSource = new Set<Decision>()
  const missing = new Set<string>()
  let by: Reason | undefined
  for (const a of from)
    for (const b of to) {
      const verdict = judge(world, { from: a, to: b }, flow)
      decisions.add(verdict.decision)
      ofSource.add(atSource(verdict))
      for (const it of verdict.missing ?? []) missing.add(it)
      if (by === undefined || verdict.decision === 'denied') by = verdict.reasons.at(-1)
      // Nothing more can be learnt.
      if (decisions.size > 1 && ofSource.size > 1) break
    }
  const decision = agreed([...decisions])
  if (decisions.size > 1)
    for (const it of hidden(flow).length > 0
      ? hidden(flow)
      : ['which of the pods it was: they fare differently'])
      missing.add(it)
  return {
    decision,
    atSource: agreed([...ofSource]),
    ...(by === undefined ? {} : { by }),
    missing: decision === 'unknown' ? [...missing] : [],
  }
}

/** Judges recorded flows in a world, for any number of them. What differs in who recorded it alone is judged once. */
export const judgeIn = (world: PolicyWorld): ((flow: RecordedFlow) => JudgedFlow) => {
  const ends = endsIn(world)
  const known = new Map<FoundEnd, Map<FoundEnd, Map<number, Fate>>>()
  const fate = (flow: RecordedFlow, from: FoundEnd, to: FoundEnd): Fate => {
    const byTo = known.get(from) ?? new Map<FoundEnd, Map<number, Fate>>()
    known.set(from, byTo)
    const byPort = byTo.get(to) ?? new Map<number, Fate>()
    byTo.set(to, byPort)
    const port = protocolNumber(flow.protocol) * 0x1_0000 + (flow.port ?? 0)
    const there = byPort.get(port) ?? fateOf(world, flow, from.peers, to.peers)
    byPort.set(port, there)
    return there
  }
  return (flow) => {
    const from = ends(flow.from)
    const to = ends(flow.to, flow.service)
    const missing = [from.missing ?? [], to.missing ?? []].flat()
    const isAsked =
      [from, to].some(({ isPod, peers }) => isPod || peers.some((it) => it.isHost)) || isNamed(flow)
    const common = { isAsked, ends: { from, to } }
    if (missing.length > 0) return { decision: 'unknown', atReporter: 'unknown', missing, ...common }
    const { atSource: source, ...judged } = fate(flow, from, to)
    return { ...judged, atReporter: flow.reporter === 'source' ? source : judged.decision, ...common }
  }
}

const isNamed = ({ from, to }: RecordedFlow): boolean =>
  [from, to].some(({ _tag }) => _tag === 'Pods' || _tag === 'Host')
