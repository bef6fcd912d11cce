import type { Resource } from '../../model/resource.js'
import { worldOf } from '../evaluate/policy-world.js'
import type { Endpoint, Network } from '../world/flow.js'
import { requireEndpoints, requireResources } from '../world/given-arguments.js'
import { classConnectivity } from './class-connectivity.js'
import type { Connectivity } from './traffic.js'

/**
 * Who can talk to whom, and how: for each pair of these endpoints with a pod in it, all traffic that `verdict` allows
 * and all of which it says `unknown`, exactly, without asking for each port. A pod with itself stands for another
 * one like it. What Felix drops whatever policies say, tunnels that pods make, is not looked at.
 *
 * Takes all resources that matter, as `verdict` does. An endpoint of the kind `Network` is split where rules split it.
 * Throws `Invalid` for what is no list of resources, or no endpoint.
 *
 * @example
 * const pod = (role: string) => ({ _tag: 'Workload', namespace: 'shop', labels: { role } }) as const
 * const policy = networkPolicy('api', 'shop').selector("role == 'api'").allowIngress({ protocol: 'TCP' })
 * connectivity([policy], { api: pod('api') })
 * // => [{ from: 'api', to: 'api', allowed: [{ protocol: 'TCP' }], unknown: [] }]
 */
export const connectivity = (
  resources: ReadonlyArray<Resource>,
  endpoints: Readonly<Record<string, Endpoint | Network>>,
): Connectivity => {
  requireResources(resources)
  requireEndpoints(endpoints)
  return [...classConnectivity(worldOf(resources), Object.entries(endpoints)).pairs()]
}
