import type { PerformanceHint } from '../model/policy.js'
import type { ResourceBuilder } from './manifest.js'
import type { EgressMatch, IngressAllowMatch, IngressMatch } from './match.js'
import type { EgressRule, IngressRule } from './rule.js'
import type { SelectorInput } from './stored.js'

/** What the builders of all policies do. Rules are tried in the order in which they were added. */
export interface PolicyBuilder extends ResourceBuilder {
  /** Lower goes first; a policy without order goes last. */
  order(order: number): this
  /** Since Calico 3.29; `default` when left out. */
  tier(tier: string): this
  /** The endpoints it applies to; all of its scope when left out. */
  selector(selector: SelectorInput): this
  /** Only endpoints whose service account's labels match. */
  serviceAccountSelector(selector: SelectorInput): this
  /** Since Calico 3.27. */
  performanceHints(...hints: ReadonlyArray<PerformanceHint>): this
  /** Takes incoming traffic that matches; all of it when left out. */
  allowIngress(match?: IngressAllowMatch): this
  /** Drops incoming traffic that matches; all of it when left out. */
  denyIngress(match?: IngressMatch): this
  /** Logs incoming traffic that matches, and goes on to the next rule. */
  logIngress(match?: IngressMatch): this
  /** Hands incoming traffic that matches to the next tier. */
  passIngress(match?: IngressMatch): this
  /** With these rules after those it has, in this order. */
  ingress(...rules: ReadonlyArray<IngressRule>): this
}

/** What the builders of policies with egress rules do. `After` is the builder that has one. */
export interface EgressBuilder<After> {
  /** Lets outgoing traffic go that matches; all of it when left out. */
  allowEgress(match?: EgressMatch): After
  /** Drops outgoing traffic that matches; all of it when left out. */
  denyEgress(match?: EgressMatch): After
  /** Logs outgoing traffic that matches, and goes on to the next rule. */
  logEgress(match?: EgressMatch): After
  /** Hands outgoing traffic that matches to the next tier. */
  passEgress(match?: EgressMatch): After
  /** With these rules after those it has, in this order. */
  egress(...rules: ReadonlyArray<EgressRule>): After
}
