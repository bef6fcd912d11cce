import { both } from '../compile/three-valued.js'
import type { OpenAsk } from './chain.js'
import { type Ends, packetHolds, type Sent } from './packet-holds.js'
import type { Decision, Reason } from './reason.js'

export interface Side {
  readonly decision: Decision
  readonly reasons: ReadonlyArray<Reason>
}

/**
 * One side of a flow. A rule that may match leaves several ways open, within its tier and past it; they come together
 * where all end alike.
 */
export const evaluateDirection = (asks: ReadonlyArray<OpenAsk>, sent: Sent, ends: Ends): Side => {
  const reasons: Array<Reason> = []
  let [allowed, denied] = [false, false]
  // Whether some way is still within the tier, and whether some way has passed it.
  let [within, past] = [true, false]
  let tier = -1
  for (const { ask, match } of asks) {
    if (ask.tier !== tier) {
      tier = ask.tier
      within = within || past
      past = false
    }
    if (!within) continue
    const holds = ask.rule === undefined ? match : both(match, packetHolds(ask.rule.packet, sent, ends))
    if (holds === 0) continue
    reasons.push(holds === 2 ? ask.reason : ask.uncertain)
    if (ask.action === 'Log') continue
    if (ask.action === 'Allow') allowed = true
    else if (ask.action === 'Deny') denied = true
    else past = true
    if (holds === 2) {
      within = false
      if (!past) break
    }
  }
  // What every tier passes on, the namespace's profile allows.
  if (within || past) allowed = true
  return { decision: allowed ? (denied ? 'unknown' : 'allowed') : 'denied', reasons }
}
