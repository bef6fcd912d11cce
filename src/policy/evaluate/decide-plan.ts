import type { PeerClass } from '../compile/peer-class.js'
import type { OpenAsk } from './chain.js'
import { walk } from './evaluate-direction.js'
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

/** What the ends of a packet leave open to ask at a stage. */
export interface Opener {
  readonly openAt: (
    stage: Pick<Stage, 'asks' | 'direction'>,
    from: PeerClass,
    to: PeerClass,
    protocol: number,
  ) => ReadonlyArray<OpenAsk>
}

/** The reason, with the host whose say it is. */
const namedBy = ({ chains, named }: HostPlan, at: number, reason: Reason): Reason => {
  const there = named.get(reason)
  const host = chains[at]?.host
  if (host === undefined || there?.host === host) return there ?? reason
  const fresh = { ...reason, host }
  named.set(reason, fresh)
  return fresh
}

/**
 * A packet's way along a plan. Where it may have been let through early, it is followed both ways: asked, and not asked
 * any more.
 */
export const decidePlan = (plan: HostPlan, opener: Opener, plain: SeenBy, view?: View): Verdict => {
  const reasons: Array<Reason> = []
  /** Those that were asked, where not all of them are. */
  let chains: Array<AskedChain> | undefined
  // Whether some way comes here without having been let through, and whether one has been.
  let fresh = true
  let accepted = false
  let mayDrop = false
  const { stages } = plan
  for (let i = 0; i < stages.length; i++) {
    const stage = stages[i] as Stage
    if (stage.startsHop) {
      fresh = fresh || accepted
      accepted = false
    }
    if (stage.isUnlessAccepted && !fresh) {
      chains ??= plan.chains.slice(0, i)
      continue
    }
    if (chains !== undefined) chains.push(plan.chains[i] as AskedChain)
    const { ends, sent } = view === undefined ? plain : view(stage)
    const start = reasons.length
    const asks = opener.openAt(stage, ends.from, ends.to, sent.protocol)
    const { allowed, denied, through } = walk(asks, sent, ends, reasons)
    if (stage.asks !== undefined)
      for (let k = start; k < reasons.length; k++) reasons[k] = namedBy(plan, i, reasons[k] as Reason)
    if (denied) mayDrop = true
    if (stage.isGuard) {
      accepted = accepted || allowed
      fresh = through
    } else if (stage.isUnlessAccepted) fresh = allowed || through
    else if (!allowed && !through) {
      fresh = false
      accepted = false
    }
    if (!fresh && !accepted) {
      if (i + 1 < stages.length) chains ??= plan.chains.slice(0, i + 1)
      break
    }
  }
  const isDropped = !fresh && !accepted
  const isUnsure = mayDrop || plan.missing.length + plan.needsNodeOf.length > 0
  const decision = isDropped ? (plan.isOpen ? 'unknown' : 'denied') : isUnsure ? 'unknown' : 'allowed'
  const asked = chains ?? plan.chains
  return plan.isBPF
    ? { decision, reasons, chains: asked, dataplane: 'eBPF' }
    : { decision, reasons, chains: asked }
}
