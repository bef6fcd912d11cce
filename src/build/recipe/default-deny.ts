import type { PolicyType } from '../../model/policy/policy.js'
import { globalNetworkPolicy } from '../global-network-policy.js'
import type { GlobalNetworkPolicyBuilder } from '../global-policy-state.js'
import { allowDns, type DnsOptions } from './dns.js'
import { userNamespaces } from './namespaces.js'

/** What `defaultDeny` denies, and to whom it does not. */
export interface DefaultDenyOptions {
  /** `default-deny` by default. */
  readonly name?: string
  /** The directions to deny; both by default. */
  readonly types?: ReadonlyArray<PolicyType>
  /** Namespaces to leave alone, beside the cluster's own. That of the Runner's pods should be among them. */
  readonly except?: ReadonlyArray<string>
  /** Where the cluster's DNS is, if not where it usually is; `false` to deny that, too. */
  readonly dns?: DnsOptions | false
}

/**
 * Denies to the pods of all namespaces, but for the cluster's own, what no other policy allows. DNS stays allowed.
 * The policy has no order and so goes last: others need no thought about where they go.
 *
 * @example
 * defaultDeny({ except: ['monitoring'] }).spec.types // => ['Ingress', 'Egress']
 */
export const defaultDeny = ({
  name = 'default-deny',
  types = ['Ingress', 'Egress'],
  except = [],
  dns = {},
}: DefaultDenyOptions = {}): GlobalNetworkPolicyBuilder =>
  globalNetworkPolicy(name)
    .namespaceSelector(userNamespaces(...except))
    .types(...types)
    .egress(...(dns === false || !types.includes('Egress') ? [] : allowDns(dns)))
