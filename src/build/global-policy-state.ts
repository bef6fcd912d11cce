import type { PolicyType } from '../model/policy.js'
import type { Kinds } from '../model/resource.js'
import type { StagedAction } from '../model/staged-action.js'
import type { EgressMatch } from './match.js'
import type { EgressBuilder, PolicyBuilder } from './policy-builder.js'
import type { Refused } from './refused.js'
import type { EgressRule } from './rule.js'
import type { SelectorInput } from './stored.js'

/*
 * What a global policy becomes as it is built, so that what Calico refuses does not compile: `doNotTrack` or
 * `preDNAT` without `applyOnForward`, both of them, `preDNAT` with egress. Each state has all methods, and refuses
 * some by what they are called on: so each fits where the one before it did, as in `policy = policy.allowEgress()`.
 */

type Kind = 'GlobalNetworkPolicy' | 'StagedGlobalNetworkPolicy'

type OfDoNotTrack = 'doNotTrack() needs applyOnForward() before it, and excludes preDNAT()'
type OfPreDNAT =
  'preDNAT() needs applyOnForward() before it, and excludes doNotTrack(), egress rules and type Egress'
type OfEgress = 'preDNAT() excludes egress rules and type Egress'

interface Global<K extends Kind, OnTrial, InEarnest> extends PolicyBuilder {
  readonly apiVersion: Kinds[K]['apiVersion']
  readonly kind: K
  readonly metadata: Kinds[K]['metadata']
  readonly spec: Kinds[K]['spec']
  /**
   * Only endpoints of the namespaces whose labels match. A host endpoint is in none, and so has none of their labels:
   * `ne`, `notIn` and `not(has())` match it. Add `has('projectcalico.org/name')` to leave hosts out.
   */
  namespaceSelector(selector: SelectorInput): this
  /** The same on trial. With `'Delete'`: what it would do to be without this policy. Since Calico 3.30. */
  stage(action?: StagedAction): OnTrial
  /** The same in earnest. */
  enforce(): InEarnest
}

interface Directed<After> extends EgressBuilder<After> {
  /**
   * The directions it applies to, whatever its rules: what no rule allows is denied there. Until called, they follow
   * from the rules as in Calico: Ingress, unless there are egress rules only.
   */
  types<T extends PolicyType>(...types: ReadonlyArray<T>): 'Egress' extends T ? After : this
}

interface WithoutEgress<K extends Kind>
  extends Global<K, StagedGlobalNetworkPolicyBuilder, GlobalNetworkPolicyBuilder>,
    Directed<WithEgress<K>> {
  /** Also for traffic that a host endpoint forwards. */
  applyOnForward(): OnForward<K>
  doNotTrack(this: Refused<OfDoNotTrack>): Untracked<K>
  preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
}

interface WithEgress<K extends Kind>
  extends Global<K, WithEgress<'StagedGlobalNetworkPolicy'>, WithEgress<'GlobalNetworkPolicy'>>,
    Directed<WithEgress<K>> {
  /** Also for traffic that a host endpoint forwards. */
  applyOnForward(): OnForwardWithEgress<K>
  doNotTrack(this: Refused<OfDoNotTrack>): Untracked<K>
  preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
}

interface OnForward<K extends Kind>
  extends Global<K, OnForward<'StagedGlobalNetworkPolicy'>, OnForward<'GlobalNetworkPolicy'>>,
    Directed<OnForwardWithEgress<K>> {
  applyOnForward(): OnForward<K>
  /** Before connection tracking, for host endpoints. */
  doNotTrack(): Untracked<K>
  /** Before a node port is translated, for host endpoints. */
  preDNAT(): PreDNAT<K>
}

interface OnForwardWithEgress<K extends Kind>
  extends Global<
      K,
      OnForwardWithEgress<'StagedGlobalNetworkPolicy'>,
      OnForwardWithEgress<'GlobalNetworkPolicy'>
    >,
    Directed<OnForwardWithEgress<K>> {
  applyOnForward(): OnForwardWithEgress<K>
  /** Before connection tracking, for host endpoints. */
  doNotTrack(): Untracked<K>
  preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
}

interface Untracked<K extends Kind>
  extends Global<K, Untracked<'StagedGlobalNetworkPolicy'>, Untracked<'GlobalNetworkPolicy'>>,
    Directed<Untracked<K>> {
  applyOnForward(): Untracked<K>
  doNotTrack(): Untracked<K>
  preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
}

interface PreDNAT<K extends Kind>
  extends Global<K, PreDNAT<'StagedGlobalNetworkPolicy'>, PreDNAT<'GlobalNetworkPolicy'>> {
  applyOnForward(): PreDNAT<K>
  doNotTrack(this: Refused<OfDoNotTrack>): Untracked<K>
  preDNAT(): PreDNAT<K>
  /** Ingress only. */
  types<T extends PolicyType>(
    this: 'Egress' extends T ? Refused<OfEgress> : unknown,
    ...types: ReadonlyArray<T>
  ): PreDNAT<K>
  allowEgress(this: Refused<OfEgress>, match?: EgressMatch): PreDNAT<K>
  denyEgress(this: Refused<OfEgress>, match?: EgressMatch): PreDNAT<K>
  logEgress(this: Refused<OfEgress>, match?: EgressMatch): PreDNAT<K>
  passEgress(this: Refused<OfEgress>, match?: EgressMatch): PreDNAT<K>
  egress(this: Refused<OfEgress>, ...rules: ReadonlyArray<EgressRule>): PreDNAT<K>
}

/** A GlobalNetworkPolicy with methods that return another. */
export interface GlobalNetworkPolicyBuilder extends WithoutEgress<'GlobalNetworkPolicy'> {}

/** A StagedGlobalNetworkPolicy with methods that return another. */
export interface StagedGlobalNetworkPolicyBuilder extends WithoutEgress<'StagedGlobalNetworkPolicy'> {}
