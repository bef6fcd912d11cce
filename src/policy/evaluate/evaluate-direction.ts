import { both } from '../compile/three-valued.js'
import type { OpenAsk } from './chain.js'
import { type Ends, packetHolds, type Sent } from './packet-holds.js'
import type { Decision, Reason } from './reason.js'

export interface Side {
  readonly decision: Decision
  readonly reasons: ReadonlyArray<Reason>
}

/** Where a packet's ways through a chain end: all of them, as far as is known. */
export interface Walk {
  readonly allowed: boolean
  readonly denied: boolean
  /** Whether some way comes out at the end of the chain, without a word. */
  readonly through: boolean
}

/**
 * A packet's ways through a chain. A rule that may match leaves several ways open, within its tier and past it.
 */
export const walk = (asks: ReadonlyArray<OpenAsk>, sent: Sent, ends: Ends, reasons: Array<Reason>): Walk => {
  let [allowed, denied, left] = [false, false, false]
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
    if (ask.leaves) left = true
    else if (ask.action === 'Allow') allowed = true
    else if (ask.action === 'Deny') denied = true
    else past = true
    if (holds === 2) {
      within = false
      if (!past) break
    }
  }
  return { allowed, denied, through: within || past || left }
}

/** One side of a flow: what every tier passes on, the namespace's profile allows. */
export const evaluateDirection = (asks: ReadonlyArray<OpenAsk>, sent: Sent, ends: Ends): Side => {
  const reasons: Array<Reason> = []
  const { allowed, denied, through } = walk(asks, sent, ends, reasons)
  return { decision: allowed || through ? (denied ? 'unknown' : 'allowed') : 'denied', reasons }
}
