import type { GlobalNetworkPolicySpec } from '../model/global-network-policy.js'
import type { GlobalMetadata } from '../model/metadata.js'
import type { PolicyType } from '../model/policy.js'
import type { EgressMatch } from './match.js'
import { GlobalPolicy } from './policy.js'
import type { EgressBuilder, PolicyBuilder } from './policy-builder.js'
import type { Refused } from './refused.js'
import type { EgressRule } from './rule.js'
import type { SelectorInput } from './stored.js'

interface Specs {
  readonly GlobalNetworkPolicy: GlobalNetworkPolicySpec
}

type Kind = keyof Specs

interface Global<K extends Kind> extends PolicyBuilder {
  readonly apiVersion: 'projectcalico.org/v3'
  readonly kind: K
  readonly metadata: GlobalMetadata
  readonly spec: Specs[K]
  /** Only endpoints of the namespaces whose labels match. */
  namespaceSelector(selector: SelectorInput): this
}

/**
 * A policy without egress rules so far. The interfaces below are what it becomes; each has every method, so that a
 * policy fits where the one it came from did (`policy = policy.allowEgress()`), and refuses those Calico would.
 */
interface Plain<K extends Kind> extends Global<K>, EgressBuilder<WithEgress<K>>, Types<WithEgress<K>> {
  /** Also for traffic that a host endpoint forwards. */
  applyOnForward(): OnForward<K>
  doNotTrack(this: Refused<OfDoNotTrack>): Untracked<K>
  preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
}

type OfDoNotTrack = 'doNotTrack() needs applyOnForward() before it, and excludes preDNAT()'
type OfPreDNAT =
  'preDNAT() needs applyOnForward() before it, and excludes doNotTrack(), egress rules and the type Egress'
type IngressOnly = 'preDNAT() excludes egress rules and the type Egress'

interface Types<After> {
  /** The directions it applies to, whatever its rules: a direction without rules is denied. Derived from the rules until called. */
  types<T extends PolicyType>(...types: ReadonlyArray<T>): 'Egress' extends T ? After : this
}

interface WithEgress<K extends Kind> extends Global<K>, EgressBuilder<WithEgress<K>>, Types<WithEgress<K>> {
  /** Also for traffic that a host endpoint forwards. */
  applyOnForward(): OnForwardWithEgress<K>
  doNotTrack(this: Refused<OfDoNotTrack>): Untracked<K>
  preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
}

interface OnForward<K extends Kind>
  extends Global<K>,
    EgressBuilder<OnForwardWithEgress<K>>,
    Types<OnForwardWithEgress<K>> {
  applyOnForward(): OnForward<K>
  /** Before connection tracking, for host endpoints. */
  doNotTrack(): Untracked<K>
  /** Before a node port is translated, for host endpoints. */
  preDNAT(): PreDNAT<K>
}

interface OnForwardWithEgress<K extends Kind>
  extends Global<K>,
    EgressBuilder<OnForwardWithEgress<K>>,
    Types<OnForwardWithEgress<K>> {
  applyOnForward(): OnForwardWithEgress<K>
  /** Before connection tracking, for host endpoints. */
  doNotTrack(): Untracked<K>
  preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
}

interface Untracked<K extends Kind> extends Global<K>, EgressBuilder<Untracked<K>>, Types<Untracked<K>> {
  applyOnForward(): Untracked<K>
  doNotTrack(): Untracked<K>
  preDNAT(this: Refused<OfPreDNAT>): PreDNAT<K>
}

interface PreDNAT<K extends Kind> extends Global<K> {
  applyOnForward(): PreDNAT<K>
  doNotTrack(this: Refused<OfDoNotTrack>): Untracked<K>
  preDNAT(): PreDNAT<K>
  types<T extends PolicyType>(
    this: 'Egress' extends T ? Refused<IngressOnly> : unknown,
    ...types: ReadonlyArray<T>
  ): PreDNAT<K>
  allowEgress(this: Refused<IngressOnly>, match?: EgressMatch): PreDNAT<K>
  denyEgress(this: Refused<IngressOnly>, match?: EgressMatch): PreDNAT<K>
  logEgress(this: Refused<IngressOnly>, match?: EgressMatch): PreDNAT<K>
  passEgress(this: Refused<IngressOnly>, match?: EgressMatch): PreDNAT<K>
  egress(this: Refused<IngressOnly>, ...rules: ReadonlyArray<EgressRule>): PreDNAT<K>
}

/** A GlobalNetworkPolicy with methods that return another. */
export interface GlobalNetworkPolicyBuilder extends Plain<'GlobalNetworkPolicy'> {}

/**
 * A policy for all endpoints of the cluster: pods of every namespace, and hosts. What it returns is the resource.
 *
 * @example
 * globalNetworkPolicy('deny-all').order(5).types('Ingress', 'Egress').spec // => { types: ['Ingress', 'Egress'], order: 5 }
 */
export const globalNetworkPolicy = (name: string): GlobalNetworkPolicyBuilder =>
  new GlobalPolicy('GlobalNetworkPolicy', { name }, { types: ['Ingress'] })
