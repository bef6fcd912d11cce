import { eq } from '../../selector/condition.js'
import { type EgressRule, egress } from '../rule.js'
import type { SelectorInput } from '../stored.js'
import { namespaceName } from './namespaces.js'

/** Where the cluster's DNS servers are. */
export interface DnsOptions {
  /** The DNS server's pods; `k8s-app == "kube-dns"` by default. */
  readonly selector?: SelectorInput
  /** Their namespace; `kube-system` by default. */
  readonly namespace?: string
  /** What they listen on; 53 by default, and 8053, as in Gardener's clusters. */
  readonly ports?: ReadonlyArray<number>
  /** Further servers, such as a node's own cache: `169.254.20.10/32`. All of one IP version. */
  readonly nets?: ReadonlyArray<string>
}

const protocols = ['UDP', 'TCP'] as const

/**
 * Rules to ask the cluster's DNS server for names, over UDP and TCP, for the `.egress()` of any policy.
 *
 * @example
 * networkPolicy('api', 'shop').egress(...allowDns()).spec.egress?.length // => 2
 */
export const allowDns = ({
  selector = eq('k8s-app', 'kube-dns'),
  namespace = 'kube-system',
  ports = [53, 8053],
  nets = [],
}: DnsOptions = {}): ReadonlyArray<EgressRule> => {
  const pods = { selector, namespaceSelector: eq(namespaceName, namespace), ports }
  const servers = nets.length === 0 ? [pods] : [pods, { nets, ports: [53] }]
  return servers.flatMap((destination) =>
    protocols.map((protocol) => egress.allow({ protocol, destination })),
  )
}
