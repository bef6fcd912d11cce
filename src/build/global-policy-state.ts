import type { PolicyType } from '../model/policy/policy.js'
import type { Kinds } from '../model/resource.js'
import type { StagedAction } from '../model/staged/staged-action.js'
import type { EgressMatch } from './match.js'
import type { EgressBuilder } from './policy-builder.js'
import type { Refused } from './refused.js'
import type { EgressRule } from './rule.js'
import type { SelectorInput } from './stored.js'

/*
 * What a global policy becomes as it is built, so that what Calico refuses does not compile: `doNotTrack` or
 * `preDNAT` without `applyOnForward`, both of them, `preDNAT` with egress. Each state has all methods, and refuses
 * some by what they are called on: so each fits where the one before it did, as in `policy = policy.allowEgress()`.
 */

type Enforced = 'GlobalNetworkPolicy'
type Staged = 'StagedGlobalNetworkPolicy'
type GlobalPolicyKind = Enforced | Staged

type OfDoNotTrack = 'doNotTrack() needs applyOnForward() before it, and excludes preDNAT()'
type OfPreDNAT =
  'preDNAT() needs applyOnForward() before it, and excludes doNotTrack(), egress rules and type Egress'
type OfEgress = 'preDNAT() excludes egress rules and type Egress'

declare abstract class GlobalPolicyState<
  K extends GlobalPolicyKind,
  AfterEgress,
  Forwarded,
> extends EgressBuilder<AfterEgress> {
  readonly apiVersion: Kinds[K]['apiVersion']
  readonly kind: K
  readonly metadata: Kinds[K]['metadata']
  readonly spec: Kinds[K]['spec']
  /**
   * Only endpoints of the namespaces whose labels match. A host endpoint is in none, and so has none of their labels:
   * `ne`, `notIn` and `not(has())` match it. Add `has('projectcalico.org/name')` to leave hosts out.
   */
  namespaceSelector(selector: SelectorInput): this
  /**
   * The directions it applies to, whatever its rules: what no rule allows is denied there. Until called, they follow
   * from the rules as in Calico: Ingress, unless there are egress rules only.
   */
  types<T extends PolicyType>(...types: ReadonlyArray<T>): 'Egress' extends T ? AfterEgress : this
  /** Also for traffic that a host endpoint forwards. */
  applyOnForward(): Forwarded
  /** Before connection tracking, for host endpoints. */
  doNotTrack(): Untracked<K>
  /** Before a node port is translated, for host endpoints; ingress only. */
  preDNAT(): PreDNAT<K>
  /** The same on trial. With `'Delete'`: what it would do to be without this policy. Since Calico 3.30. */
  stage(action?: StagedAction): unknown
  /** The same in earnest. */
  enforce(): unknown
}

declare abstract class WithoutEgress<K extends GlobalPolicyKind> extends GlobalPolicyState<
  K,
  WithEgress<K>,
  OnForward<K>
> {
  override doNotTrack(this: Refused<OfDoNotTrack>): Untracked<K>
  override preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
  override stage(action?: StagedAction): StagedGlobalNetworkPolicyBuilder
  override enforce(): GlobalNetworkPolicyBuilder
}

/** A GlobalNetworkPolicy with methods that return another. */
export declare abstract class GlobalNetworkPolicyBuilder extends WithoutEgress<Enforced> {}

/** A StagedGlobalNetworkPolicy with methods that return another. */
export declare abstract class StagedGlobalNetworkPolicyBuilder extends WithoutEgress<Staged> {}

/** With egress rules, or with the type Egress: no longer for `preDNAT`. */
export declare abstract class WithEgress<K extends GlobalPolicyKind> extends GlobalPolicyState<
  K,
  WithEgress<K>,
  OnForwardWithEgress<K>
> {
  override doNotTrack(this: Refused<OfDoNotTrack>): Untracked<K>
  override preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
  override stage(action?: StagedAction): WithEgress<Staged>
  override enforce(): WithEgress<Enforced>
}

/** Also for forwarded traffic: `doNotTrack()` and `preDNAT()` may follow. */
export declare abstract class OnForward<K extends GlobalPolicyKind> extends GlobalPolicyState<
  K,
  OnForwardWithEgress<K>,
  OnForward<K>
> {
  override stage(action?: StagedAction): OnForward<Staged>
  override enforce(): OnForward<Enforced>
}

/** Also for forwarded traffic, and with egress: `doNotTrack()` may follow. */
export declare abstract class OnForwardWithEgress<K extends GlobalPolicyKind> extends GlobalPolicyState<
  K,
  OnForwardWithEgress<K>,
  OnForwardWithEgress<K>
> {
  override preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
  override stage(action?: StagedAction): OnForwardWithEgress<Staged>
  override enforce(): OnForwardWithEgress<Enforced>
}

/** Before connection tracking: not before DNAT as well. */
export declare abstract class Untracked<K extends GlobalPolicyKind> extends GlobalPolicyState<
  K,
  Untracked<K>,
  Untracked<K>
> {
  override preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
  override stage(action?: StagedAction): Untracked<Staged>
  override enforce(): Untracked<Enforced>
}

/** Before DNAT: ingress only, and tracked. */
export declare abstract class PreDNAT<K extends GlobalPolicyKind> extends GlobalPolicyState<
  K,
  PreDNAT<K>,
  PreDNAT<K>
> {
  override doNotTrack(this: Refused<OfDoNotTrack>): Untracked<K>
  override types<T extends PolicyType>(
    this: 'Egress' extends T ? Refused<OfEgress> : unknown,
    ...types: ReadonlyArray<T>
  ): 'Egress' extends T ? PreDNAT<K> : this
  override allowEgress(this: Refused<OfEgress>, match?: EgressMatch): PreDNAT<K>
  override denyEgress(this: Refused<OfEgress>, match?: EgressMatch): PreDNAT<K>
  override logEgress(this: Refused<OfEgress>, match?: EgressMatch): PreDNAT<K>
  override passEgress(this: Refused<OfEgress>, match?: EgressMatch): PreDNAT<K>
  override egress(this: Refused<OfEgress>, ...rules: ReadonlyArray<EgressRule>): PreDNAT<K>
  override stage(action?: StagedAction): PreDNAT<Staged>
  override enforce(): PreDNAT<Enforced>
}
