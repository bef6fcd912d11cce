import type { PolicyType } from '../../model/policy/policy.js'
import type { Action } from '../../model/policy/rule.js'
import type { HostChain, Reason, Verdict } from '../evaluate/reason.js'

/** A rule that was asked, or the end of a tier, and what it made of the packet. */
export interface Step {
  readonly tier: string
  /** Absent for the end of a tier, and for what is decided beside policies. */
  readonly policy?: string
  readonly by?: Reason['by']
  readonly rule?: number
  readonly action: Action
  readonly matches: 'yes' | 'no' | 'perhaps'
  /** Where it does not match: what is other than the rule asks for. */
  readonly because?: 'the other end' | 'the protocol or the ports'
  /** It decided, or passed the packet on. */
  readonly decides: boolean
}

/** One chain on a flow's way: what a pod's own policies, or a host endpoint's, were asked, in order. */
export interface ExplainedSide {
  readonly direction: PolicyType
  /** The pod, as `shop/web`, or the host endpoint, as `HostEndpoint(node-1)`. */
  readonly peer: string
  /** Of a host: which node's, and at which hook. */
  readonly host?: HostChain
  readonly steps: ReadonlyArray<Step>
  /** Where no policy decides: `no policy` applies, or all `pass` it on, and the namespace's profile allows. */
  readonly profile?: 'no policy' | 'passed on'
}

/** A verdict, with every rule that was asked on the way. */
export interface Explanation extends Verdict {
  readonly sides: ReadonlyArray<ExplainedSide>
}
