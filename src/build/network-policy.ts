import type { NetworkPolicy } from '../model/network-policy.js'
import type { PolicyType } from '../model/policy.js'
import type { StagedAction } from '../model/staged-action.js'
import type { StagedNetworkPolicy } from '../model/staged-network-policy.js'
import { NamespacedPolicy } from './namespaced-policy.js'
import type { EgressBuilder, PolicyBuilder } from './policy-builder.js'
import { derivedTypes } from './types.js'

interface Namespaced<This> extends PolicyBuilder, EgressBuilder<This> {
  /**
   * The directions it applies to, whatever its rules: what no rule allows is denied there. Until called, they follow
   * from the rules as in Calico: Ingress, unless there are egress rules only.
   */
  types(...types: ReadonlyArray<PolicyType>): this
  /** The same on trial. With `'Delete'`: what it would do to be without this policy. Since Calico 3.30. */
  stage(action?: StagedAction): StagedNetworkPolicyBuilder
  /** The same in earnest. */
  enforce(): NetworkPolicyBuilder
}

/** A NetworkPolicy with methods that return another. */
export interface NetworkPolicyBuilder extends NetworkPolicy, Namespaced<NetworkPolicyBuilder> {}

/** A StagedNetworkPolicy with methods that return another. */
export interface StagedNetworkPolicyBuilder
  extends StagedNetworkPolicy,
    Namespaced<StagedNetworkPolicyBuilder> {}

/**
 * A policy for the pods of one namespace. What it returns is the resource.
 *
 * @example
 * networkPolicy('from-web', 'shop').allowIngress({ source: { selector: eq('role', 'web') } }).spec
 * // => { types: ['Ingress'], ingress: [{ action: 'Allow', source: { selector: 'role == "web"' } }] }
 */
export const networkPolicy = (name: string, namespace: string): NetworkPolicyBuilder =>
  new NamespacedPolicy('NetworkPolicy', { name, namespace }, { types: derivedTypes({}) })

/**
 * A policy for the pods of one namespace, on trial: Calico reports what it would do, and enforces nothing. Since
 * Calico 3.30.
 *
 * @example
 * stagedNetworkPolicy('from-web', 'shop').enforce().kind // => 'NetworkPolicy'
 */
export const stagedNetworkPolicy = (name: string, namespace: string): StagedNetworkPolicyBuilder =>
  networkPolicy(name, namespace).stage()
