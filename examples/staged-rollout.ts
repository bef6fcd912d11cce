/** A policy is staged first: Calico shows what it would do. When that is right, the same policy is enforced. */
import { eq, stagedNetworkPolicy, toYaml } from 'typed-calico'

const staged = stagedNetworkPolicy('api-from-web', 'shop')
  .selector(eq('role', 'api'))
  .allowIngress({ protocol: 'TCP', source: { selector: eq('role', 'web') }, destination: { ports: [8080] } })

const enforced = staged.enforce()

console.log('# first, and watch the flows (Calico 3.30 and later)')
console.log(toYaml(staged))
console.log('# then')
console.log(toYaml(enforced))
