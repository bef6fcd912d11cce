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

const judgeEnds = (
  world: PolicyWorld,
  flow: RecordedFlow,
  from: ReadonlyArray<ResolvedPeer>,
  to: ReadonlyArray<ResolvedPeer>,
): Pick<JudgedFlow, 'decision' | 'atReporter' | 'by' | 'missing'> => {
  const decisions = new Set<Decision>()
  const seen = new Set<Decision>()
  const missing = new Set<string>()
  let by: Reason | undefined
  for (const a of from)
    for (const b of to) {
      const verdict = judge(world, { from: a, to: b }, flow)
      decisions.add(verdict.decision)
      seen.add(flow.reporter === 'source' ? atSource(verdict) : verdict.decision)
      for (const it of verdict.missing ?? []) missing.add(it)
      if (by === undefined || verdict.decision === 'denied') by = verdict.reasons.at(-1)
      // Nothing more can be learnt.
      if (decisions.size > 1 && seen.size > 1) break
    }
  const decision = agreed([...decisions])
  if (decisions.size > 1)
    for (const it of hidden(flow).length > 0
      ? hidden(flow)
      : ['which of the pods it was: they fare differently'])
      missing.add(it)
  return {
    decision,
    atReporter: agreed([...seen]),
    ...(by === undefined ? {} : { by }),
    missing: decision === 'unknown' ? [...missing] : [],
  }
}

/** Judges recorded flows in a world, for any number of them. */
export const judgeIn = (world: PolicyWorld): ((flow: RecordedFlow) => JudgedFlow) => {
  const ends = endsIn(world)
  return (flow) => {
    const from = ends(flow.from)
    const to = ends(flow.to, flow.service)
    const missing = [from.missing ?? [], to.missing ?? []].flat()
    const isAsked =
      [from, to].some(({ isPod, peers }) => isPod || peers.some((it) => it.isHost)) || isNamed(flow)
    const common = { isAsked, ends: { from, to } }
    if (missing.length > 0) return { decision: 'unknown', atReporter: 'unknown', missing, ...common }
    return { ...judgeEnds(world, flow, from.peers, to.peers), ...common }
  }
}

const isNamed = ({ from, to }: RecordedFlow): boolean =>
  [from, to].some(({ _tag }) => _tag === 'Pods' || _tag === 'Host')
