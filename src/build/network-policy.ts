import type { NamespacedMetadata } from '../model/metadata.js'
import type { NetworkPolicy } from '../model/network-policy.js'
import type { PolicyType } from '../model/policy.js'
import { Policy } from './policy.js'
import type { EgressBuilder, PolicyBuilder } from './policy-builder.js'

/** A NetworkPolicy with methods that return another. */
export interface NetworkPolicyBuilder
  extends NetworkPolicy,
    PolicyBuilder,
    EgressBuilder<NetworkPolicyBuilder> {
  /** The directions it applies to, whatever its rules: a direction without rules is denied. Derived from the rules until called. */
  types(...types: ReadonlyArray<PolicyType>): this
}

/**
 * A policy for the pods of one namespace. What it returns is the resource.
 *
 * @example
 * networkPolicy('from-web', 'shop').allowIngress({ source: { selector: "role == 'web'" } }).spec.ingress
 * // => [{ action: 'Allow', source: { selector: "role == 'web'" } }]
 */
export const networkPolicy = (name: string, namespace: string): NetworkPolicyBuilder =>
  new Policy<'NetworkPolicy', NamespacedMetadata>(
    'NetworkPolicy',
    { name, namespace },
    { types: ['Ingress'] },
  )
