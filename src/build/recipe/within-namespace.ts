import { all } from '../../selector/combination.js'
import { type NetworkPolicyBuilder, networkPolicy } from '../network-policy.js'
import { allowDns, type DnsOptions } from './dns.js'

export interface WithinNamespaceOptions {
  /** `allow-within-namespace` by default. */
  readonly name?: string
}

export interface IsolateNamespaceOptions {
  /** `isolate-namespace` by default. */
  readonly name?: string
  /** Where the cluster's DNS is, if not where it usually is; `false` to deny that, too. */
  readonly dns?: DnsOptions | false
}

/**
 * The pods of a namespace take what comes from the namespace, and nothing else, unless another policy allows it.
 * Where they connect to is left open.
 *
 * @example
 * allowWithinNamespace('shop').spec
 * // => { types: ['Ingress'], ingress: [{ action: 'Allow', source: { selector: 'all()' } }] }
 */
export const allowWithinNamespace = (
  namespace: string,
  { name = 'allow-within-namespace' }: WithinNamespaceOptions = {},
): NetworkPolicyBuilder => networkPolicy(name, namespace).allowIngress({ source: { selector: all() } })

/**
 * The pods of a namespace talk to each other and ask for names, and nothing else, in both directions, unless another
 * policy allows it.
 *
 * @example
 * isolateNamespace('shop', { dns: false }).spec.egress // => [{ action: 'Allow', destination: { selector: 'all()' } }]
 */
export const isolateNamespace = (
  namespace: string,
  { name = 'isolate-namespace', dns = {} }: IsolateNamespaceOptions = {},
): NetworkPolicyBuilder =>
  allowWithinNamespace(namespace, { name })
    .allowEgress({ destination: { selector: all() } })
    .egress(...(dns === false ? [] : allowDns(dns)))
