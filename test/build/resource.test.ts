import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hostEndpoint } from '../../src/build/host-endpoint.js'
import { globalNetworkSet, networkSet } from '../../src/build/network-set.js'
import { resource } from '../../src/build/resource.js'
import { tier } from '../../src/build/tier.js'

const others = suite('the other builders')

others('set the fields of a tier', () => {
  assert.equal(tier('guardrails').order(500).defaultAction('Pass').spec, {
    order: 500,
    defaultAction: 'Pass',
  })
})

others('add nets to a set', () => {
  const nets = ['10.0.0.0/8', '192.0.2.1']
  assert.equal(
    networkSet('office', 'shop')
      .nets(...nets)
      .nets('::1').spec,
    { nets: [...nets, '::1'] },
  )
  assert.equal(networkSet('office', 'shop').metadata, { name: 'office', namespace: 'shop' })
  assert.equal(globalNetworkSet('office').nets(...nets).spec, { nets })
  assert.equal(globalNetworkSet('office').metadata, { name: 'office' })
})

others('set the interface of a host endpoint, and add to its lists', () => {
  const ssh = { name: 'ssh', protocol: 'TCP', port: 22 } as const
  const built = hostEndpoint('node-1-eth0', 'node-1')
    .interfaceName('eth0')
    .expectedIPs('192.0.2.1')
    .expectedIPs('192.0.2.2')
    .profiles('projectcalico-default-allow')
    .ports(ssh)
  assert.equal(built.spec, {
    node: 'node-1',
    interfaceName: 'eth0',
    expectedIPs: ['192.0.2.1', '192.0.2.2'],
    profiles: ['projectcalico-default-allow'],
    ports: [ssh],
  })
})

others('take the spec of other kinds as a literal', () => {
  const spec = { defaultEndpointToHostAction: 'Drop' } as const
  assert.equal(
    { ...resource('FelixConfiguration', 'default', spec) },
    {
      apiVersion: 'projectcalico.org/v3',
      kind: 'FelixConfiguration',
      metadata: { name: 'default' },
      spec,
    },
  )
})

others.run()
