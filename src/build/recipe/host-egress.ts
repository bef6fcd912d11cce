import { globalNetworkPolicy } from '../global-network-policy.js'
import type { GlobalNetworkPolicyBuilder } from '../global-policy-state.js'
import { type EgressRule, egress } from '../rule.js'
import { automaticHostEndpoints, byVersion, type HostPolicyOptions, loopback } from './host-policy.js'

/** What nodes may reach. */
export interface HostEgressOptions extends HostPolicyOptions {
  /** The nodes' addresses, those of their tunnels included, and the pods'. */
  readonly cluster: ReadonlyArray<string>
  /** Where the API server is. Of Felix's failsafe ports only 6443 is one of its ports; many listen on 443. */
  readonly apiServer: {
    readonly nets: ReadonlyArray<string>
    /** 443 and 6443 by default. */
    readonly ports?: ReadonlyArray<number>
  }
  /** What else they may. */
  readonly allow?: ReadonlyArray<EgressRule>
}

/**
 * What nodes themselves may reach: each other, pods, the API server, names and the time, and what is on the list;
 * nothing else. What pods send is not theirs.
 *
 * @example
 * hostEgress({ cluster: ['10.0.0.0/8'], apiServer: { nets: ['192.0.2.1/32'] } }).spec.types // => ['Egress']
 */
export const hostEgress = ({
  name = 'host-egress',
  selector = automaticHostEndpoints,
  cluster,
  apiServer: { nets: servers, ports = [443, 6443] },
  allow = [],
}: HostEgressOptions): GlobalNetworkPolicyBuilder =>
  globalNetworkPolicy(name)
    .selector(selector)
    .types('Egress')
    .egress(
      ...byVersion(servers).map((nets) => egress.allow({ protocol: 'TCP', destination: { nets, ports } })),
      ...byVersion([...cluster, ...loopback]).map((nets) => egress.allow({ destination: { nets } })),
      egress.allow({ protocol: 'UDP', destination: { ports: [53, 67, 123] } }),
      egress.allow({ protocol: 'TCP', destination: { ports: [53] } }),
      ...allow,
    )
