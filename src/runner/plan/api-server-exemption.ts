import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { CallOptions, Cluster } from '../../cluster/port.js'
import { endpoints } from '../../cluster/resource-types.js'
import type { GlobalNetworkPolicy } from '../../model/policy/global-network-policy.js'
import { runLabel } from '../state/owner-labels.js'

const Endpoints = t.partial({
  subsets: t.array(
    t.partial({
      addresses: t.array(t.type({ ip: t.string })),
      ports: t.array(t.type({ port: t.number })),
    }),
  ),
})

/** Where pods find the API server, behind its service: policies see these addresses, not the service's. */
export interface ApiServer {
  readonly ip: string
  readonly port: number
}

/** The API server's addresses, or none where they cannot be read. */
export const apiServers = async (
  cluster: Cluster,
  options: CallOptions,
): Promise<ReadonlyArray<ApiServer>> => {
  const found = await cluster.get({ type: endpoints, namespace: 'default', name: 'kubernetes' }, options)()
  if (E.isLeft(found)) return []
  const decoded = Endpoints.decode(found.right)
  if (E.isLeft(decoded)) return []
  return (decoded.right.subsets ?? []).flatMap(({ addresses = [], ports = [] }) =>
    addresses.flatMap(({ ip }) => ports.map(({ port }) => ({ ip, port }))),
  )
}

/**
 * Lets the pods of runs through to the API server, before every other policy of the default tier, and nothing else
 * through. It is applied and removed with the owner's other resources.
 */
export const exemption = (owner: string, servers: ReadonlyArray<ApiServer>): GlobalNetworkPolicy => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'GlobalNetworkPolicy',
  metadata: { name: `typed-calico-runner-${owner}` },
  spec: {
    order: -1_000_000,
    selector: `has(${runLabel})`,
    types: ['Egress'],
    egress: servers.map(({ ip, port }) => ({
      action: 'Allow',
      protocol: 'TCP',
      destination: { nets: [ip.includes(':') ? `${ip}/128` : `${ip}/32`], ports: [port] },
    })),
  },
})
