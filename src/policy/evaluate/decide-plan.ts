import type { OpenAsk } from './chain.js'
import { walk } from './evaluate-direction.js'
import type { Evaluator } from './evaluator.js'
import type { HostPlan } from './host-plan.js'
import type { Ends, Sent } from './packet-holds.js'
import type { AskedChain, Reason, Verdict } from './reason.js'
import type { Stage } from './stage.js'

/** One end as a stage sees it, and what is sent to it. */
export interface SeenBy {
  readonly ends: Ends
  readonly sent: Sent
}

/** What a stage sees of a packet: it differs where a node rewrites the destination, or the source. */
export type View = (stage: Stage) => SeenBy

export type StageOpens = (stage: Stage, seen: SeenBy) => ReadonlyArray<OpenAsk>

/** Of packets of a protocol, remembered. */
export const opensFor =
  (evaluator: Evaluator): StageOpens =>
  ({ asks, direction }, { ends: { from, to }, sent: { protocol } }) => {
    if (asks !== undefined) return evaluator.hostBetween(asks, from, to, protocol)
    const open = evaluator.between(from, to, protocol)
    return (direction === 'Egress' ? open.egress : open.ingress) ?? []
  }

const nameReasons = ({ asked, named }: Stage, reasons: Array<Reason>, from: number): void => {
  const { host } = asked
  if (host === undefined) return
  for (let i = from; i < reasons.length; i++) {
    const reason = reasons[i]
    if (reason === undefined) continue
    const there = named.get(reason) ?? { ...reason, host }
    named.set(reason, there)
    reasons[i] = there
  }
}

/**
 * A packet's way along a plan. Where it may have been let through early, it is followed both ways: asked, and not asked
 * any more.
 */
export const decidePlan = (plan: HostPlan, view: View, opens: StageOpens): Verdict => {
  const reasons: Array<Reason> = []
  const chains: Array<AskedChain> = []
  // Whether some way comes here without having been let through, and whether one has been.
  let [fresh, accepted, mayDrop] = [true, false, false]
  for (const stage of plan.stages) {
    if (stage.startsHop) {
      fresh = fresh || accepted
      accepted = false
    }
    if (stage.isUnlessAccepted && !fresh) continue
    chains.push(stage.asked)
    const seen = view(stage)
    const start = reasons.length
    const { allowed, denied, through } = walk(opens(stage, seen), seen.sent, seen.ends, reasons)
    if (reasons.length > start) nameReasons(stage, reasons, start)
    if (denied) mayDrop = true
    if (stage.isGuard) {
      accepted = accepted || allowed
      fresh = through
    } else if (stage.isUnlessAccepted) fresh = allowed || through
    else if (!allowed && !through) [fresh, accepted] = [false, false]
    if (!fresh && !accepted) break
  }
  const about = { reasons, chains, ...(plan.isBPF ? { dataplane: 'eBPF' as const } : {}) }
  const isDropped = !fresh && !accepted
  if (isDropped) return { decision: plan.isOpen ? 'unknown' : 'denied', ...about }
  const isUnsure = mayDrop || plan.missing.length + plan.needsNodeOf.length > 0
  return { decision: isUnsure ? 'unknown' : 'allowed', ...about }
}
