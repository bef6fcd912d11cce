import type { FelixConfiguration } from '../../model/felix/felix-configuration.js'
import type { Resource } from '../../model/resource.js'
import type { KnownNode } from './known-node.js'
import { meansNode } from './node-selector.js'

/** A port of a node that stays open whatever policy says, for all addresses or those of a net. */
export interface FailsafePort {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP'
  readonly port: number
  readonly net?: string
}

/** What of Felix's configuration decides over a node's own traffic. */
export interface FelixOfNode {
  readonly failsafe: {
    readonly Ingress: ReadonlyArray<FailsafePort>
    readonly Egress: ReadonlyArray<FailsafePort>
  }
  /** What becomes of what pods send to their own node, after their egress policy. */
  readonly endpointToHost: 'Drop' | 'Accept' | 'Return'
  readonly isBPF: boolean
}

const ports = (
  protocol: FailsafePort['protocol'],
  ...numbers: ReadonlyArray<number>
): ReadonlyArray<FailsafePort> => numbers.map((port) => ({ protocol, port }))

/** **Source**: `felix/config/config_params.go`. */
const defaults: FelixOfNode['failsafe'] = {
  Ingress: [...ports('TCP', 22, 179, 2379, 2380, 5473, 6443, 6666, 6667), ...ports('UDP', 68)],
  Egress: [...ports('TCP', 179, 2379, 2380, 5473, 6443, 6666, 6667), ...ports('UDP', 53, 67)],
}

const portsOf = (
  given: FelixConfiguration['spec']['failsafeInboundHostPorts'],
  otherwise: ReadonlyArray<FailsafePort>,
): ReadonlyArray<FailsafePort> =>
  given?.map(({ protocol = 'TCP', port = 0, net }) => ({
    protocol: protocol.toUpperCase() as FailsafePort['protocol'],
    port,
    ...(net === undefined ? {} : { net }),
  })) ?? otherwise

const ageOf = ({ metadata }: FelixConfiguration): string =>
  `${metadata.creationTimestamp ?? '~'} ${metadata.name}`

/**
 * Felix's configuration on each node: the one of the node's name, then the oldest whose nodeSelector means it, then the
 * one for all.
 */
export const felixOfNodes = (resources: ReadonlyArray<Resource>): ((node: KnownNode) => FelixOfNode) => {
  const all = resources.filter((it) => it.kind === 'FelixConfiguration')
  const named = new Map(all.map((it) => [it.metadata.name, it]))
  const selecting = all
    .filter(({ spec }) => spec.nodeSelector !== undefined)
    .sort((a, b) => (ageOf(a) < ageOf(b) ? -1 : 1))
  return (node) => {
    const chosen = selecting.find(({ spec }) => meansNode(spec.nodeSelector ?? '', node))
    const spec: FelixConfiguration['spec'] = {
      ...named.get('default')?.spec,
      ...chosen?.spec,
      ...named.get(`node.${node.name}`)?.spec,
    }
    return {
      failsafe: {
        Ingress: portsOf(spec.failsafeInboundHostPorts, defaults.Ingress),
        Egress: portsOf(spec.failsafeOutboundHostPorts, defaults.Egress),
      },
      endpointToHost: spec.defaultEndpointToHostAction ?? 'Drop',
      isBPF: spec.bpfEnabled === true,
    }
  }
}
