import type { PolicyType } from '../../model/policy.js'
import type { Action } from '../../model/rule.js'

export type Decision = 'allowed' | 'denied' | 'unknown'

/** One thing that had a say: a rule of a policy, or the end of a tier. */
export interface Reason {
  readonly direction: PolicyType
  /** Empty for what Felix does before it asks any policy. */
  readonly tier: string
  /** `NetworkPolicy(shop/api)`; absent for the end of a tier. */
  readonly policy?: string
  /** The index of the rule among those of its direction. */
  readonly rule?: number
  readonly action: Action
  readonly certain: boolean
  /** The rule asks for HTTP as well. Felix does not look at that; only an application layer would. */
  readonly ignores?: 'HTTP'
  /** Felix drops what pods send in a tunnel of their own. */
  readonly encapsulation?: 'VXLAN' | 'IP in IP'
}

export interface Verdict {
  readonly decision: Decision
  /** What was asked and matched, in order; the last one decided. Empty when no policy applies: then all is allowed. */
  readonly reasons: ReadonlyArray<Reason>
  /** What to give, so that it is known; there when the decision is `unknown`. */
  readonly missing?: ReadonlyArray<string>
}

/** Of both sides: each has to let the flow through. */
export const together = (decisions: ReadonlyArray<Decision>): Decision =>
  decisions.find((decision) => decision === 'denied') ??
  decisions.find((decision) => decision === 'unknown') ??
  'allowed'
