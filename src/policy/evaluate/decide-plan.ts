import type { Ask, OpenAsk } from './chain.js'
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

/** A stage, with what the ends leave open to ask there. */
export interface OpenStage {
  readonly stage: Stage
  readonly open: ReadonlyArray<OpenAsk>
}

const openAt = (
  { evaluator }: { readonly evaluator: Evaluator },
  { asks, direction }: Stage,
  { ends: { from, to }, sent: { protocol } }: SeenBy,
): ReadonlyArray<OpenAsk> => {
  if (asks !== undefined) return evaluator.hostBetween(asks, from, to, protocol)
  const open = evaluator.between(from, to, protocol)
  return (direction === 'Egress' ? open.egress : open.ingress) ?? []
}

/** The same asks, with the host whose say they are. */
const namedBy = ({ asked: { host }, named }: Stage, open: ReadonlyArray<OpenAsk>): ReadonlyArray<OpenAsk> => {
  if (host === undefined) return open
  const nameOf = (ask: Ask): Ask => {
    const there = named.get(ask)
    if (there !== undefined) return there
    const { reason, uncertain } = ask
    const fresh: Ask = { ...ask, reason: { ...reason, host }, uncertain: { ...uncertain, host } }
    named.set(ask, fresh)
    return fresh
  }
  return open.map(({ ask, match }) => ({ ask: nameOf(ask), match }))
}

/** What all stages of a plan leave open to ask of packets of a protocol. */
export const openStages = (
  by: { readonly evaluator: Evaluator },
  { stages }: HostPlan,
  view: View,
): ReadonlyArray<OpenStage> =>
  stages.map((stage) => ({ stage, open: namedBy(stage, openAt(by, stage, view(stage))) }))

/**
 * A packet's way along a plan. Where it may have been let through early, it is followed both ways: asked, and not asked
 * any more.
 */
export const decidePlan = (
  plan: HostPlan,
  open: ReadonlyArray<OpenStage>,
  plain: SeenBy,
  view?: View,
): Verdict => {
  const reasons: Array<Reason> = []
  const chains: Array<AskedChain> = []
  // Whether some way comes here without having been let through, and whether one has been.
  let [fresh, accepted, mayDrop] = [true, false, false]
  for (const { stage, open: asks } of open) {
    if (stage.startsHop) {
      fresh = fresh || accepted
      accepted = false
    }
    if (stage.isUnlessAccepted && !fresh) continue
    chains.push(stage.asked)
    const seen = view === undefined ? plain : view(stage)
    const { allowed, denied, through } = walk(asks, seen.sent, seen.ends, reasons)
    if (denied) mayDrop = true
    if (stage.isGuard) {
      accepted = accepted || allowed
      fresh = through
    } else if (stage.isUnlessAccepted) fresh = allowed || through
    else if (!allowed && !through) {
      fresh = false
      accepted = false
    }
    if (!fresh && !accepted) break
  }
  const isDropped = !fresh && !accepted
  const isUnsure = mayDrop || plan.missing.length + plan.needsNodeOf.length > 0
  const decision = isDropped ? (plan.isOpen ? 'unknown' : 'denied') : isUnsure ? 'unknown' : 'allowed'
  return plan.isBPF ? { decision, reasons, chains, dataplane: 'eBPF' } : { decision, reasons, chains }
}
