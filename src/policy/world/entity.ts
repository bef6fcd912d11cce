import type { HostEndpoint } from '../../model/host/host-endpoint.js'
import type { Resource } from '../../model/resource.js'
import { printResource } from '../../model/resource-id.js'
import { addressValue } from '../../net/cidr.js'
import type { Labels } from '../../selector/ast.js'
import type { NamedPort, Workload } from './flow.js'
import {
  type FilledWorkload,
  labelsOfHost,
  labelsOfSet,
  labelsOfWorkload,
  type OpenLabels,
} from './known-labels.js'

/** Something that selectors of rules find: a pod, a host endpoint, or a labelled set of networks. */
export interface Entity {
  readonly _tag: 'Workload' | 'HostEndpoint' | 'NetworkSet'
  /** `shop/web` for a pod, `HostEndpoint(node-1)` for a resource. */
  readonly name: string
  readonly known: OpenLabels
  /** `undefined` where nobody has said. */
  readonly ports: ReadonlyArray<NamedPort> | undefined
  /** Addresses of a pod or a host, networks of a set. */
  readonly nets: ReadonlyArray<string>
}

export const listPorts = (ports: Workload['namedPorts']): ReadonlyArray<NamedPort> | undefined =>
  ports === undefined || Array.isArray(ports)
    ? (ports as ReadonlyArray<NamedPort> | undefined)
    : Object.entries(ports as Readonly<Record<string, number>>).map(([name, port]) => ({ name, port }))

const isDefined = (address: bigint | undefined): address is bigint => address !== undefined

/** The addresses of a pod that can be read. */
export const addressesOf = ({ ip, ips = ip === undefined ? [] : [ip] }: Workload): ReadonlyArray<bigint> =>
  ips.map(addressValue).filter(isDefined)

/** A pod as what selectors find, with its labels where they are worked out already. */
export const entityOfWorkload = (pod: FilledWorkload, known = labelsOfWorkload(pod)): Entity => ({
  _tag: 'Workload',
  name: `${pod.namespace}/${pod.name ?? ''}`,
  known,
  ports: listPorts(pod.namedPorts),
  nets: pod.ips ?? (pod.ip === undefined ? [] : [pod.ip]),
})

const entityOfHost = (host: HostEndpoint, profiles: ReadonlyMap<string, Labels>): Entity => {
  const { labels = {} } = host.metadata
  const { expectedIPs = [], ports = [], profiles: names = [] } = host.spec
  return {
    _tag: 'HostEndpoint',
    name: printResource(host),
    known: labelsOfHost(
      labels,
      names.map((name) => profiles.get(name) ?? name),
    ),
    ports: ports.flatMap(({ name, port, protocol }) =>
      protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP' ? [{ name, port, protocol }] : [],
    ),
    nets: expectedIPs,
  }
}

/** The labels that each profile gives what has it. */
const profileLabels = (resources: ReadonlyArray<Resource>): ReadonlyMap<string, Labels> => {
  const profiles = new Map<string, Labels>([['projectcalico-default-allow', {}]])
  for (const it of resources)
    if (it.kind === 'Profile') profiles.set(it.metadata.name, it.spec.labelsToApply ?? {})
  return profiles
}

/** The network sets and host endpoints among the resources. */
export const entitiesOf = (
  resources: ReadonlyArray<Resource>,
  namespaces: ReadonlyMap<string, Labels>,
): ReadonlyArray<Entity> => {
  const profiles = profileLabels(resources)
  return resources.flatMap((it): ReadonlyArray<Entity> => {
    if (it.kind === 'HostEndpoint') return [entityOfHost(it, profiles)]
    if (it.kind !== 'NetworkSet' && it.kind !== 'GlobalNetworkSet') return []
    const { labels = {} } = it.metadata
    const namespace = it.kind === 'NetworkSet' ? (it.metadata.namespace ?? 'default') : undefined
    return [
      {
        _tag: 'NetworkSet',
        name: printResource(it),
        known: labelsOfSet(
          labels,
          namespace,
          namespace === undefined ? undefined : namespaces.get(namespace),
        ),
        ports: [],
        nets: it.spec.nets ?? [],
      },
    ]
  })
}
