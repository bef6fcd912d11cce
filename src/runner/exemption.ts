import type { GlobalNetworkPolicy } from '../model/global-network-policy.js'
import type { ApiServer } from './api-server.js'
import { runLabel } from './ownership.js'

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
