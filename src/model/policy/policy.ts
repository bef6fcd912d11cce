import { type Codec, list, literal, number, type Optional, optional, string } from '../codec/codec.js'
import { Rule } from './rule.js'

/** A direction that a policy applies to. */
export type PolicyType = 'Ingress' | 'Egress'
export const PolicyType: Codec<PolicyType> = literal('Ingress', 'Egress')

/** Since Calico 3.27. */
export type PerformanceHint = 'AssumeNeededOnEveryNode'
export const PerformanceHint: Codec<PerformanceHint> = literal('AssumeNeededOnEveryNode')

/** What NetworkPolicy and GlobalNetworkPolicy share. */
export interface PolicySpec {
  /** Since Calico 3.29; `default` when left out. */
  readonly tier?: string
  /** Lower goes first; left out means last. Policies of equal order go by name. */
  readonly order?: number
  readonly ingress?: ReadonlyArray<Rule>
  readonly egress?: ReadonlyArray<Rule>
  /** The endpoints it applies to; all of them when left out. */
  readonly selector?: string
  /** When left out, Calico derives it: Ingress, unless there are egress rules only. */
  readonly types?: ReadonlyArray<PolicyType>
  /** Only endpoints whose service account's labels match. */
  readonly serviceAccountSelector?: string
  /** Since Calico 3.27. */
  readonly performanceHints?: ReadonlyArray<PerformanceHint>
}

/** In the order in which they read best: where it applies, then what it does. */
export const head: {
  readonly tier: Optional<string>
  readonly order: Optional<number>
  readonly selector: Optional<string>
} = {
  tier: optional(string, '3.29'),
  order: optional(number),
  selector: optional(string),
}

export const body = {
  serviceAccountSelector: optional(string),
  types: optional(list(PolicyType)),
  performanceHints: optional(list(PerformanceHint), '3.27'),
  ingress: optional(list(Rule)),
  egress: optional(list(Rule)),
}

/** The types that Calico gives a policy that names none. **Source**: `libcalico-go/lib/clientv3/globalnetworkpolicy.go`. */
export const defaultTypes = (spec: Pick<PolicySpec, 'ingress' | 'egress'>): ReadonlyArray<PolicyType> => {
  const ingress = (spec.ingress?.length ?? 0) > 0
  const egress = (spec.egress?.length ?? 0) > 0
  if (!egress) return ['Ingress']
  return ingress ? ['Ingress', 'Egress'] : ['Egress']
}
