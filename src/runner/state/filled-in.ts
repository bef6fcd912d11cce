import type { Json } from './essence.js'
import type { Keys } from './json-path.js'

/**
 * What Calico's client, and an API server by Calico's definitions, put where there is nothing. It counts here only where an object
 * that was made for a field is to go again: with these alone in it, it is empty. What is not known here stays.
 *
 * **Source**: `libcalico-go/lib/clientv3/kubecontrollersconfig.go`, `felixconfig.go`; `api/config/crd` of 3.32 and 3.33.
 */
const defaults: Readonly<Record<string, Json>> = {
  healthChecks: 'Enabled',
  prometheusMetricsPort: 9094,
  'controllers.node.leakGracePeriod': '15m0s',
  'controllers.loadBalancer.assignIPs': 'AllServices',
  'controllers.policyMigration.enabled': 'Enabled',
  'controllers.migration.policyNameMigrator': 'Enabled',
  floatingIPs: 'Disabled',
  bpfConnectTimeLoadBalancing: 'TCP',
  bpfHostNetworkedNATWithoutCTLB: 'Enabled',
  nftablesMode: 'Auto',
  nftablesFlowTableOffload: 'Disabled',
  serviceLoadBalancerAggregation: 'Enabled',
}

/** Whether a field of a spec says what goes without saying. */
export const isFilledIn = (path: Keys, value: Json): boolean => {
  const key = path.join('.')
  return Object.hasOwn(defaults, key) && defaults[key] === value
}
