/** A reconcile loop: a policy for each tenant, made when it comes, removed when it goes. Nothing to do writes nothing. */
import { all, networkPolicy } from 'typed-calico'
import { type Cluster, createRunner } from 'typed-calico/runner'
import { memoryCluster } from 'typed-calico/testing'

const policyFor = (tenant: string) =>
  networkPolicy('isolation', tenant).allowIngress({ source: { selector: all() } })

/** `prune` removes what the list no longer has, of this owner only. */
export const reconcile = async (cluster: Cluster, tenants: ReadonlyArray<string>): Promise<string> => {
  const runner = createRunner({ owner: 'tenant-controller', cluster, namespace: 'default' })
  const { items } = await runner.apply(tenants.map(policyFor), { prune: true })
  return items
    .map(({ name, outcome }) => `${outcome} ${name}`)
    .sort()
    .join(', ')
}

const cluster = memoryCluster({ namespaces: ['red', 'blue'] })
console.log('red and blue come: ', await reconcile(cluster, ['red', 'blue']))
console.log('nothing happens:   ', await reconcile(cluster, ['red', 'blue']))
console.log('blue goes:         ', await reconcile(cluster, ['red']))
cluster.close()
