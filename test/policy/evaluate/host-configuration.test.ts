import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, orThrow, patch } from '../../../src/index.js'
import {
  decide,
  denyNodes,
  everyNode,
  felix,
  kubeControllersConfiguration,
  outside,
  worldOf,
} from '../node-world.js'

const test = suite('what configuration makes of nodes')

test('has an endpoint for every node where the configuration says so', () => {
  const world = worldOf([everyNode, denyNodes])
  assert.is(decide(world, outside, 'node:n1'), 'denied')
  assert.is(decide(world, outside, 'node:n2'), 'allowed')
  assert.is(decide(worldOf([denyNodes]), outside, 'node:n1'), 'allowed')
  assert.equal(orThrow(world.peersOf("role == 'worker'")).hostEndpoints, ['HostEndpoint(n1-auto-hep)'])
})

test('makes endpoints by templates, of the nodes and the networks that they name', () => {
  const world = worldOf(
    [
      kubeControllersConfiguration({
        controllers: {
          node: {
            hostEndpoint: {
              autoCreate: 'Enabled',
              createDefaultHostEndpoint: 'Disabled',
              templates: [
                {
                  generateName: 'lan',
                  interfaceCIDRs: ['192.0.2.0/24'],
                  labels: { zone: 'lan' },
                  nodeSelector: "role == 'worker'",
                },
                { generateName: 'none', interfaceCIDRs: ['203.0.113.0/24'], nodeSelector: 'all()' },
              ],
            },
          },
        },
      }),
      globalNetworkPolicy('lan').selector("zone == 'lan'").denyIngress(),
    ],
    {},
    '3.30',
  )
  assert.equal(orThrow(world.peersOf('all()')).hostEndpoints, ['HostEndpoint(n1-lan-auto-hep)'])
  assert.is(decide(world, outside, '192.0.2.1'), 'denied')
  assert.is(decide(world, outside, '192.0.2.2'), 'allowed')
})

test('keeps failsafe ports open, those of each node', () => {
  const only = [{ protocol: 'TCP', port: 7777, net: '198.51.100.0/24' }]
  const world = worldOf([
    everyNode,
    globalNetworkPolicy('deny').selector('all()').denyIngress(),
    felix({ failsafeInboundHostPorts: only }, 'node.n2'),
  ])
  assert.is(decide(world, outside, 'node:n1', 22), 'allowed')
  assert.is(decide(world, outside, 'node:n2', 22), 'denied')
  assert.is(decide(world, outside, 'node:n2', 7777), 'allowed')
  assert.is(decide(world, '203.0.113.1', 'node:n2', 7777), 'denied')
  assert.is(decide(world, outside, 'shop/b', 22), 'denied')
})

test('takes the configuration of nodes by selector, the oldest that means a node', () => {
  const dated = (name: string, creationTimestamp: string, port: number) => ({
    ...felix(
      { nodeSelector: "role == 'worker'", failsafeInboundHostPorts: [{ protocol: 'TCP', port }] },
      name,
    ),
    metadata: { name, creationTimestamp },
  })
  const world = worldOf(
    [
      everyNode,
      globalNetworkPolicy('deny').selector('all()').denyIngress(),
      dated('a', '2026-02-01T00:00:00Z', 1001),
      dated('b', '2026-01-01T00:00:00Z', 1002),
    ],
    {},
    '3.32',
  )
  assert.is(decide(world, outside, 'node:n1', 1002), 'allowed')
  assert.is(decide(world, outside, 'node:n1', 1001), 'denied')
  assert.is(decide(world, outside, 'node:n1', 22), 'denied')
  assert.is(decide(world, outside, 'node:n2', 22), 'allowed')
})

test('lets tunnels of nodes through before endpoints are asked, and those of others not', () => {
  const pool = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPPool',
    metadata: { name: 'pods' },
    spec: { cidr: '10.0.0.0/16', vxlanMode: 'Always' },
  }
  const none = globalNetworkPolicy('none').selector('all()').denyIngress().denyEgress()
  const vxlan = (resources: ReadonlyArray<object>, from: string) =>
    worldOf([everyNode, ...resources]).verdict({
      from,
      to: '192.0.2.2',
      protocol: 'UDP',
      port: 4789,
      sourcePort: 40000,
    }).decision
  assert.is(vxlan([none], '192.0.2.1'), 'denied')
  assert.is(vxlan([none, pool], '192.0.2.1'), 'allowed')
  assert.is(vxlan([pool], outside), 'denied')
  assert.is(vxlan([], outside), 'allowed')
})

test('lays a patch over what the configuration says, and leaves the rest of it', () => {
  const deny = globalNetworkPolicy('deny').selector('all()').denyIngress()
  const open = felix({ failsafeInboundHostPorts: [{ protocol: 'TCP', port: 7777 }] })
  const before = worldOf([everyNode, deny, open])
  const changed = orThrow(
    before.with({ put: [patch('FelixConfiguration', 'default', { wireguardEnabled: true })] }),
  )
  const at = (port: number) => decide(changed, outside, 'node:n1', port)
  assert.is(at(7777), 'allowed')
  assert.is(at(22), 'denied')
})

test.run()
