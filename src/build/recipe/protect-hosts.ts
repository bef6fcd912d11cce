import type { ProtoPort } from '../../model/felix/endpoints.js'
import { globalNetworkPolicy } from '../global-network-policy.js'
import type { GlobalNetworkPolicyBuilder } from '../global-policy-state.js'
import { ingress } from '../rule.js'
import { automaticHostEndpoints, byVersion, type HostPolicyOptions, loopback } from './host-policy.js'

/** Which ports of nodes `protectHosts` closes, and to whom it does not. */
export interface ProtectHostsOptions extends HostPolicyOptions {
  /** Who may: the nodes themselves, and those who look after them. */
  readonly from: ReadonlyArray<string>
  /** SSH, etcd and the kubelet's by default. */
  readonly ports?: ReadonlyArray<number | string>
}

const hostPorts = [22, 2379, 2380, 10250, 10255, 10256]

/**
 * Keeps all others from ports of nodes: the internet, and pods of other nodes. All other ports stay as they are. A
 * pod's traffic to its own node never meets this: `protectNodes` keeps that. SSH's and etcd's ports are failsafe ports,
 * open whatever policies say, until `failsafePortsFrom` closes them to others.
 *
 * @example
 * protectHosts({ from: ['10.250.0.0/16', '203.0.113.0/24'] }).spec.ingress?.length // => 4
 */
export const protectHosts = ({
  name = 'protect-hosts',
  selector = automaticHostEndpoints,
  from,
  ports = hostPorts,
}: ProtectHostsOptions): GlobalNetworkPolicyBuilder => {
  const destination = { ports }
  return globalNetworkPolicy(name)
    .selector(selector)
    .ingress(
      ...byVersion([...from, ...loopback]).map((nets) =>
        ingress.allow({ protocol: 'TCP', source: { nets }, destination }),
      ),
      ingress.deny({ protocol: 'TCP', destination }),
      ingress.allow(),
    )
}

const defaultFailsafe: ReadonlyArray<readonly ['TCP' | 'UDP', number]> = [
  ['TCP', 22],
  ['UDP', 68],
  ['TCP', 179],
  ['TCP', 2379],
  ['TCP', 2380],
  ['TCP', 5473],
  ['TCP', 6443],
  ['TCP', 6666],
  ['TCP', 6667],
]

/**
 * Felix's inbound failsafe ports, those that are there by default, from these networks alone: for the field
 * `failsafeInboundHostPorts` of a FelixConfiguration. All nodes must be in them, and from where they are looked after.
 *
 * **Source**: `felix/config/config_params.go`.
 *
 * @example
 * failsafePortsFrom(['10.250.0.0/16'])[0] // => { protocol: 'TCP', port: 22, net: '10.250.0.0/16' }
 */
export const failsafePortsFrom = (nets: ReadonlyArray<string>): ReadonlyArray<ProtoPort> =>
  defaultFailsafe.flatMap(([protocol, port]) => nets.map((net) => ({ protocol, port, net })))
