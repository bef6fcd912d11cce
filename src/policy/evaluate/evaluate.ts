import type { PolicyType } from '../../model/policy.js'
import type { Action } from '../../model/rule.js'
import type { Packet } from './flow.js'
import type { Ends } from './peer.js'
import type { Question } from './policy-set.js'
import { packetMatches } from './rule-match.js'
import { type Certainty, every } from './three-valued.js'

export type Decision = 'allowed' | 'denied' | 'unknown'

/** One thing that had a say: a rule of a policy, or the end of a tier. */
export interface Reason {
  readonly direction: PolicyType
  readonly tier: string
  /** `NetworkPolicy(shop/api)`; absent for the end of a tier. */
  readonly policy?: string
  /** The index of the rule among those of its direction. */
  readonly rule?: number
  readonly action: Action
  readonly certain: boolean
}

export interface Verdict {
  readonly decision: Decision
  /** What was asked and matched, in order; the last one decided. Empty when no policy applies: then all is allowed. */
  readonly reasons: ReadonlyArray<Reason>
}

const reasonOf = ({ direction, tier, policy, index, action }: Question, match: Certainty): Reason => ({
  direction,
  tier,
  ...(policy === undefined ? {} : { policy }),
  ...(index === undefined ? {} : { rule: index }),
  action,
  certain: match === 'yes',
})

/** One side of a flow. A rule that may match leaves both ways open; they come together when both end alike. */
export const decideSide = (questions: Iterable<Question>, packet: Packet, ends: Ends): Verdict => {
  const reasons: Array<Reason> = []
  const possible = new Set<Decision>()
  const decided = (): Verdict => ({
    decision: possible.size === 1 ? ([...possible][0] ?? 'unknown') : 'unknown',
    reasons,
  })
  let passed: string | undefined
  for (const question of questions) {
    const { tier, action, rule, source, destination } = question
    if (tier === passed) continue
    const match = every([source(ends.from), destination(ends.to), packetMatches(rule, packet, ends)])
    if (match === 'no') continue
    reasons.push(reasonOf(question, match))
    if (action === 'Log') continue
    if (action === 'Pass' && match === 'yes') {
      passed = tier
      continue
    }
    if (action !== 'Deny') possible.add('allowed')
    if (action !== 'Allow') possible.add('denied')
    if (match === 'yes') return decided()
  }
  // What every tier passes on, the namespace's profile allows.
  possible.add('allowed')
  return decided()
}

/** Of both sides: each has to let the flow through. */
export const together = (decisions: ReadonlyArray<Decision>): Decision =>
  decisions.find((decision) => decision === 'denied') ??
  decisions.find((decision) => decision === 'unknown') ??
  'allowed'
