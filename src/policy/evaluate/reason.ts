import type { PolicyType } from '../../model/policy/policy.js'
import type { Action } from '../../model/policy/rule.js'

/** What becomes of a flow; `unknown` where that depends on something that is not given. */
export type Decision = 'allowed' | 'denied' | 'unknown'

/**
 * Where a host endpoint's policies are asked: before connections are tracked (`doNotTrack`), before a destination is
 * rewritten (`preDNAT`), of what a node forwards (`applyOnForward`), or of its own traffic.
 */
export type Hook = 'untracked' | 'preDNAT' | 'forward' | 'normal'

/** A chain of a node that a packet meets, one end's policies or none. */
export interface HostChain {
  readonly node: string
  readonly hook: Hook | 'DefaultEndpointToHostAction'
  /** `HostEndpoint(node-1)`. */
  readonly endpoint?: string
}

/** A chain that was asked, a pod's where `host` is absent. */
export interface AskedChain {
  readonly direction: PolicyType
  readonly host?: HostChain
}

/** One thing that had a say: a rule of a policy, or the end of a tier. */
export interface Reason {
  readonly direction: PolicyType
  /** Empty for what Felix does before it asks any policy. */
  readonly tier: string
  /** `NetworkPolicy(shop/api)`; absent for the end of a tier. */
  readonly policy?: string
  /** Where it is a host's say: which node's, and at which hook. */
  readonly host?: HostChain
  /** What decided beside policies. */
  readonly by?:
    | 'failsafe port'
    | 'profile'
    | 'DefaultEndpointToHostAction'
    | 'ICMPv6 to a router'
    | 'tunnel of nodes'
  /** The index of the rule among those of its direction. */
  readonly rule?: number
  readonly action: Action
  readonly certain: boolean
  /** The rule asks for HTTP as well. Felix does not look at that; only an application layer would. */
  readonly ignores?: 'HTTP'
  /** Felix drops what pods send in a tunnel of their own. */
  readonly encapsulation?: 'VXLAN' | 'IP in IP'
}

/** What becomes of a flow, and why. */
export interface Verdict {
  readonly decision: Decision
  /** What was asked and matched, in order; the last one decided. Empty when no policy applies: then all is allowed. */
  readonly reasons: ReadonlyArray<Reason>
  /** Where hosts have a say: every chain that was asked, in order, also those in which nothing matched. */
  readonly chains?: ReadonlyArray<AskedChain>
  /** Where hosts have a say and their dataplane is eBPF, whose chains are not those of iptables and nftables. */
  readonly dataplane?: 'eBPF'
  /** What to give, so that it is known; there when the decision is `unknown`. */
  readonly missing?: ReadonlyArray<string>
}

/** One decision for all ways that a packet may go. */
export const agreed = (decisions: ReadonlyArray<Decision>): Decision =>
  decisions.every((decision) => decision === decisions[0]) ? (decisions[0] ?? 'unknown') : 'unknown'
