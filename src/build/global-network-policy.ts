import { GlobalPolicy } from './global-policy.js'
import type { GlobalNetworkPolicyBuilder, StagedGlobalNetworkPolicyBuilder } from './global-policy-state.js'
import { derivedTypes } from './types.js'

export type { GlobalNetworkPolicyBuilder, StagedGlobalNetworkPolicyBuilder }

/**
 * A policy for all endpoints of the cluster: pods of every namespace, and hosts. What it returns is the resource.
 *
 * @example
 * globalNetworkPolicy('deny-all').order(5).types('Ingress', 'Egress').spec
 * // => { types: ['Ingress', 'Egress'], order: 5 }
 */
export const globalNetworkPolicy = (name: string): GlobalNetworkPolicyBuilder =>
  new GlobalPolicy('GlobalNetworkPolicy', { name }, { types: derivedTypes({}) })

/**
 * A policy for all endpoints of the cluster, on trial: Calico reports what it would do, and enforces nothing. Since
 * Calico 3.30.
 *
 * @example
 * stagedGlobalNetworkPolicy('deny-all').enforce().kind // => 'GlobalNetworkPolicy'
 */
export const stagedGlobalNetworkPolicy = (name: string): StagedGlobalNetworkPolicyBuilder =>
  new GlobalPolicy('GlobalNetworkPolicy', { name }, { types: derivedTypes({}) }).stage()
