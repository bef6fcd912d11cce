import {
  egress,
  failsafePortsFrom,
  hostEgress,
  metadataFromNodesOnly,
  nodePortsFrom,
  patch,
  protectHosts,
  type Resource,
} from 'typed-calico'
import { list, section, type Values } from './values.js'

/** What `config.calico.hosts` says: of each list, nothing where the recipe is off. */
export interface Hosts {
  /** Calico makes a host endpoint of each node. */
  readonly autoCreate: boolean
  /** Who reaches SSH, etcd and the kubelet of nodes, beside nodes. */
  readonly protectFrom: ReadonlyArray<string>
  /** From where Felix' failsafe ports stay open, beside from nodes. */
  readonly failsafeFrom: ReadonlyArray<string>
  readonly nodePortsFrom: ReadonlyArray<string>
  /** Where the API server is: nodes reach that, the cluster, and `egressTo`. */
  readonly apiServer: ReadonlyArray<string>
  readonly egressTo: ReadonlyArray<string>
  readonly metadataFromNodesOnly: boolean
}

const known = new Set(
  'autoCreate protectFrom failsafeFrom nodePortsFrom apiServer egressTo metadataFromNodesOnly'.split(' '),
)

export const hostsOf = (calico: Values): Hosts => {
  const hosts = section(calico, 'hosts')
  const unknown = Object.keys(hosts).find((key) => !known.has(key))
  if (unknown !== undefined)
    throw new Error(`config.calico.hosts.${unknown} is not known: ${[...known].join(', ')}`)
  const [apiServer, egressTo] = [list(hosts.apiServer), list(hosts.egressTo)]
  if (apiServer.length === 0 && egressTo.length > 0)
    throw new Error('config.calico.hosts.egressTo needs apiServer: nodes that do not reach it are lost')
  return {
    autoCreate: hosts.autoCreate === true,
    protectFrom: list(hosts.protectFrom),
    failsafeFrom: list(hosts.failsafeFrom),
    nodePortsFrom: list(hosts.nodePortsFrom),
    apiServer,
    egressTo,
    metadataFromNodesOnly: hosts.metadataFromNodesOnly === true,
  }
}

interface Networks {
  readonly hosts: Hosts
  readonly nodes: ReadonlyArray<string>
  readonly cluster: ReadonlyArray<string>
  /** The cloud's metadata service: nodes need it. */
  readonly metadata: ReadonlyArray<string>
}

const isOn = (nets: ReadonlyArray<string>): boolean => nets.length > 0

/**
 * Policies for the host endpoints that Calico makes by itself, in the default tier: who is not on an allow-list is dropped at
 * its end.
 */
export const hostRecipes = ({ hosts, nodes, cluster, metadata }: Networks): ReadonlyArray<Resource> => {
  const all = [...nodes, ...cluster]
  const name = (recipe: string) => ({ name: `karydia-${recipe}` })
  return [
    ...(isOn(hosts.protectFrom)
      ? [protectHosts({ ...name('protect-hosts'), from: [...nodes, ...hosts.protectFrom] })]
      : []),
    ...(isOn(hosts.nodePortsFrom)
      ? [nodePortsFrom({ ...name('node-ports'), nodes, from: [...all, ...hosts.nodePortsFrom] })]
      : []),
    ...(isOn(hosts.apiServer)
      ? [
          hostEgress({
            ...name('host-egress'),
            cluster: all,
            apiServer: { nets: hosts.apiServer },
            allow: [...metadata, ...hosts.egressTo].map((net) =>
              egress.allow({ destination: { nets: [net] } }),
            ),
          }),
        ]
      : []),
    ...(hosts.metadataFromNodesOnly ? [metadataFromNodesOnly(name('metadata-from-nodes-only'))] : []),
  ]
}

/** Fields of Calico's own configuration, which an uninstall puts back. */
export const hostSettings = ({
  hosts,
  nodes,
}: Pick<Networks, 'hosts' | 'nodes'>): ReadonlyArray<Resource> => [
  ...(hosts.autoCreate
    ? [
        patch('KubeControllersConfiguration', 'default', {
          controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
        }),
      ]
    : []),
  ...(isOn(hosts.failsafeFrom)
    ? [
        patch('FelixConfiguration', 'default', {
          failsafeInboundHostPorts: failsafePortsFrom([...nodes, ...hosts.failsafeFrom]),
        }),
      ]
    : []),
]
