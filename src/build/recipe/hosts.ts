import type { ProtoPort } from '../../model/felix/endpoints.js'
import { eq } from '../../selector/condition.js'
import { globalNetworkPolicy } from '../global-network-policy.js'
import type { GlobalNetworkPolicyBuilder } from '../global-policy-state.js'
import { type EgressRule, egress, type IngressRule, ingress } from '../rule.js'
import type { SelectorInput } from '../stored.js'
import { metadataNets } from './guardrails.js'

/** The host endpoints that Calico makes of nodes by itself. */
export const automaticHostEndpoints = eq('projectcalico.org/created-by', 'calico-kube-controllers')

/** The name of a policy for hosts, and the host endpoints that it is for. */
export interface HostPolicyOptions {
  readonly name?: string
  /** The host endpoints it is for: those that Calico makes of nodes by itself. */
  readonly selector?: SelectorInput
}

/** A rule takes networks of one IP version only. */
const byVersion = (nets: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
  [nets.filter((net) => !net.includes(':')), nets.filter((net) => net.includes(':'))].filter(
    (those) => those.length > 0,
  )

const isOf6 = ([first = '']: ReadonlyArray<string>): boolean => first.includes(':')

/** Whether both may stand in one rule: what is left out is of either version. */
const areAlike = (one?: ReadonlyArray<string>, other?: ReadonlyArray<string>): boolean =>
  one === undefined || other === undefined || isOf6(one) === isOf6(other)

/** A node asks itself by these, and an endpoint for all interfaces covers that, too. */
const loopback = ['127.0.0.0/8', '::1/128']

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

interface Destination {
  readonly nets?: ReadonlyArray<string>
  readonly ports: ReadonlyArray<number | string>
}

interface About {
  readonly protocol: 'TCP' | 'UDP'
  readonly destination: Destination
}

/** Who may reach node ports, and of which nodes. */
export interface NodePortsOptions extends HostPolicyOptions {
  /** Who may; nodes and pods that use node ports of the cluster must be in it. */
  readonly from: ReadonlyArray<string>
  /** `30000:32767` by default, as in Kubernetes. */
  readonly ports?: ReadonlyArray<number | string>
  /** The nodes' addresses. Without it, such ports of pods are closed, too. */
  readonly nodes?: ReadonlyArray<string>
}

/**
 * Opens node ports to some alone. It acts before DNAT: afterwards a packet for a node port is one for a pod's port, and
 * policies of the node's own traffic are never asked.
 *
 * @example
 * nodePortsFrom({ from: ['203.0.113.0/24'] }).spec.preDNAT // => true
 */
export const nodePortsFrom = ({
  name = 'node-ports',
  selector = automaticHostEndpoints,
  from,
  ports = ['30000:32767'],
  nodes = [],
}: NodePortsOptions) => {
  const destinations: ReadonlyArray<Destination> =
    nodes.length === 0 ? [{ ports }] : byVersion(nodes).map((nets) => ({ nets, ports }))
  const each = (source: ReadonlyArray<string> | undefined, rule: (about: About) => IngressRule) =>
    (['TCP', 'UDP'] as const).flatMap((protocol) =>
      destinations
        .filter(({ nets }) => areAlike(source, nets))
        .map((destination) => rule({ protocol, destination })),
    )
  return globalNetworkPolicy(name)
    .selector(selector)
    .applyOnForward()
    .preDNAT()
    .ingress(
      ...byVersion(from).flatMap((nets) =>
        each(nets, (about) => ingress.allow({ ...about, source: { nets } })),
      ),
      ...each(undefined, ingress.deny),
    )
}

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

/**
 * Keeps pods from the cloud's metadata service, whatever other policies allow them, and leaves it to the nodes: a policy
 * before DNAT is asked of what comes from pods, and never of what a node sends itself. Needs endpoints for all interfaces,
 * as automatic ones are, but no tier.
 *
 * @example
 * metadataFromNodesOnly().spec.ingress?.length // => 2
 */
export const metadataFromNodesOnly = ({
  name = 'metadata-from-nodes-only',
  selector = automaticHostEndpoints,
}: HostPolicyOptions = {}) =>
  globalNetworkPolicy(name)
    .selector(selector)
    .applyOnForward()
    .preDNAT()
    .ingress(
      ingress.deny({ destination: { nets: metadataNets.ipv4 } }),
      ingress.deny({ destination: { nets: metadataNets.ipv6 } }),
    )
