import type { PolicyType } from '../model/policy/policy.js'
import type { Kinds } from '../model/resource.js'
import type { StagedAction } from '../model/staged/staged-action.js'
import { NamespacedPolicy } from './namespaced-policy.js'
import type { EgressBuilder } from './policy-builder.js'
import { derivedTypes } from './types.js'

type Kind = 'NetworkPolicy' | 'StagedNetworkPolicy'

declare abstract class Namespaced<K extends Kind, This> extends EgressBuilder<This> {
  readonly apiVersion: Kinds[K]['apiVersion']
  readonly kind: K
  readonly metadata: Kinds[K]['metadata']
  readonly spec: Kinds[K]['spec']
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
export declare abstract class NetworkPolicyBuilder extends Namespaced<
  'NetworkPolicy',
  NetworkPolicyBuilder
> {}

/** A StagedNetworkPolicy with methods that return another. */
export declare abstract class StagedNetworkPolicyBuilder extends Namespaced<
  'StagedNetworkPolicy',
  StagedNetworkPolicyBuilder
> {}

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
