import { globalNetworkPolicy } from '../global-network-policy.js'
import { type IngressRule, ingress } from '../rule.js'
import { automaticHostEndpoints, byVersion, type HostPolicyOptions } from './host-policy.js'

const isOf6 = ([first = '']: ReadonlyArray<string>): boolean => first.includes(':')

/** Whether both may stand in one rule: what is left out is of either version. */
const areAlike = (one?: ReadonlyArray<string>, other?: ReadonlyArray<string>): boolean =>
  one === undefined || other === undefined || isOf6(one) === isOf6(other)

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
