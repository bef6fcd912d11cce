import type { StringMap } from '../model/meta/metadata.js'
import type { PerformanceHint } from '../model/policy/policy.js'
import type { EgressMatch, IngressAllowMatch, IngressMatch } from './match.js'
import type { EgressRule, IngressRule } from './rule.js'
import type { SelectorInput } from './stored.js'

/*
 * The types of the policies' builders: what each method means. They are declared as classes, which are in `policy.ts`
 * in truth, since the compiler then knows that `{ ...policy }` has the fields and not the methods.
 */

/** What every builder does. It is the resource itself: each method returns another, and changes nothing. */
export declare abstract class ResourceBuilder {
  /** With these labels beside those it has. */
  labels(labels: StringMap): this
  /** With these annotations beside those it has. */
  annotations(annotations: StringMap): this
  /**
   * Changed only if the condition holds.
   *
   * @example
   * const strict = true
   * networkPolicy('api', 'shop').when(strict, (policy) => policy.denyEgress()).spec.egress // => [{ action: 'Deny' }]
   */
  when(condition: boolean, change: (builder: this) => this): this
}

/** What the builders of all policies do. Rules are tried in the order in which they were added. */
declare abstract class PolicyBuilder extends ResourceBuilder {
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
  /** Takes incoming traffic that matches; all of it without a match. */
  allowIngress(match?: IngressAllowMatch): this
  /** Drops incoming traffic that matches; all of it without a match. */
  denyIngress(match?: IngressMatch): this
  /** Logs incoming traffic that matches, and goes on to the next rule. */
  logIngress(match?: IngressMatch): this
  /** Hands incoming traffic that matches to the next tier. */
  passIngress(match?: IngressMatch): this
  /** With these rules after those it has, in this order. */
  ingress(...rules: ReadonlyArray<IngressRule>): this
}

/** What the builders of policies with egress rules do. `After` is the builder that has one. */
export declare abstract class EgressBuilder<After> extends PolicyBuilder {
  /** Lets outgoing traffic go that matches; all of it without a match. */
  allowEgress(match?: EgressMatch): After
  /** Drops outgoing traffic that matches; all of it without a match. */
  denyEgress(match?: EgressMatch): After
  /** Logs outgoing traffic that matches, and goes on to the next rule. */
  logEgress(match?: EgressMatch): After
  /** Hands outgoing traffic that matches to the next tier. */
  passEgress(match?: EgressMatch): After
  /** With these rules after those it has, in this order. */
  egress(...rules: ReadonlyArray<EgressRule>): After
}
