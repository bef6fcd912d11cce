import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, hostEndpoint, patch, tier } from '../../../src/index.js'
import { inOrder } from '../../../src/runner/plan/batch.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'

const order = suite('the order in which resources are written and deleted')

/*
 * An interface with a host endpoint and no policy lets nothing but failsafe ports through: a run that is killed in between
 * must not leave a node so.
 */
const endpoint = hostEndpoint('n1-eth0', 'n1').interfaceName('eth0').labels({ role: 'worker' })
const policy = globalNetworkPolicy('hosts').tier('hosts').selector("role == 'worker'").allowIngress({})
const hosts = tier('hosts').order(9)
const enabled = patch('KubeControllersConfiguration', 'default', {
  controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
})

order('tiers are written first, then policies, then the endpoints that these are for', () => {
  const written = inOrder([endpoint, enabled, policy, hosts]).map(({ kind }) => kind)
  assert.equal(written, ['Tier', 'GlobalNetworkPolicy', 'HostEndpoint', 'KubeControllersConfiguration'])
})

for (const transport of ['api', 'pod'] as const)
  order(`a cleanup deletes host endpoints first, then policies, then tiers (${transport})`, async () => {
    const cluster = memoryCluster({ calico: '3.32.1', native: transport === 'api' })
    const runner = createRunner({ owner: 'own', cluster, transport })
    await runner.apply([endpoint, policy, hosts])
    const gone: Array<string> = []
    await runner.cleanup({ onEvent: (event) => event._tag === 'Removed' && gone.push(event.object) })
    const ofCalico = gone.filter((name) => /^(?:HostEndpoint|GlobalNetworkPolicy|Tier)\(/.test(name))
    assert.equal(ofCalico, ['HostEndpoint(n1-eth0)', 'GlobalNetworkPolicy(hosts)', 'Tier(hosts)'])
  })

order.run()
