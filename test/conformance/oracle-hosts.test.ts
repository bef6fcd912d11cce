import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Flow } from './flow-case.js'
import { oracleTests } from './oracle.js'
import { denyIngress, globalPolicy, hostEndpoint, nodes, says, smallWorld } from './small-world.js'

const facts = suite('the oracle, of hosts,')
const asked = await oracleTests(facts)

asked("asks a node's hooks in their order", async (oracle) => {
  const forward = { selector: 'has(host)', applyOnForward: true, types: ['Ingress'] }
  const resources = [
    hostEndpoint('h', 'eth0'),
    globalPolicy('pre', { ...forward, preDNAT: true, ingress: [{ action: 'Pass' }] }),
    globalPolicy('on', { ...forward, ingress: [{ action: 'Allow' }] }),
  ]
  const where = smallWorld(resources, { nodes, config: { DefaultEndpointToHostAction: 'ACCEPT' } })
  assert.equal(
    await says(
      oracle,
      where,
      ['192.0.2.1', 'shop/a', 'TCP', 80],
      ['192.0.2.1', 'node:n1/eth0', 'TCP', 80],
      ['192.0.2.1', 'node:n1/eth0', 'TCP', 22],
      ['shop/a', 'node:n1/eth0', 'TCP', 80],
      ['node:n1/eth0', 'shop/a', 'TCP', 80],
    ),
    [
      '+ n1.mi:default.pre:0:p n1.fi:default.on:0:a n1.i:profile:a',
      '+ n1.mi:default.pre:0:p n1.hi:default.on:0:a',
      '+ n1.mi:failsafe:a n1.hi:failsafe:a',
      '+ n1.e:profile:a n1.th:DefaultEndpointToHostAction:a',
      '+',
    ],
  )
})

asked('asks a node of what it passes on between two ends outside', async (oracle) => {
  const forward = { selector: 'has(host)', applyOnForward: true }
  const resources = [
    hostEndpoint('h', 'eth0'),
    globalPolicy('in', { ...forward, ...denyIngress }),
    globalPolicy('out', { ...forward, types: ['Egress'], egress: [{ action: 'Deny' }] }),
  ]
  const flow = (through: string): Flow => ['192.0.2.1', '192.0.2.2', 'TCP', 22, 40000, 4, 'eth0', through]
  assert.equal(
    await says(
      oracle,
      smallWorld(resources, { nodes }),
      flow('n1/eth0/eth1'),
      flow('n1/eth1/eth0'),
      flow('n2/eth0/eth0'),
    ),
    ['- n1.fi:default.in:0:d', '- n1.fe:default.out:0:d', '+'],
  )
})

asked('has a node that asks itself meet its endpoint for all interfaces twice', async (oracle) => {
  const itself: Flow = ['node:n1/eth0', 'node:n1/eth0', 'TCP', 80]
  assert.equal(await says(oracle, smallWorld([hostEndpoint('h', '*')], { nodes }), itself), [
    '+ n1.he:profile:a n1.hi:profile:a',
  ])
})

asked('takes its parameters from a FelixConfiguration, too', async (oracle) => {
  const felix = {
    kind: 'FelixConfiguration',
    metadata: { name: 'default' },
    spec: {
      defaultEndpointToHostAction: 'Return',
      failsafeInboundHostPorts: [{ protocol: 'TCP', port: 81 }],
    },
  }
  const where = smallWorld(
    [felix, hostEndpoint('h', 'eth0'), globalPolicy('p', { ...denyIngress, selector: 'has(host)' })],
    {
      nodes,
    },
  )
  assert.equal(
    await says(
      oracle,
      where,
      ['192.0.2.1', 'node:n1/eth0', 'TCP', 81],
      ['192.0.2.1', 'node:n1/eth0', 'TCP', 22],
      ['shop/a', 'node:n1/eth0', 'TCP', 80],
    ),
    ['+ n1.hi:failsafe:a', '- n1.hi:default.p:0:d', '+ n1.e:profile:a n1.th:DefaultEndpointToHostAction:r'],
  )
})

asked('says which host endpoint an interface has, and what that asks', async (oracle) => {
  const resources = [hostEndpoint('x', 'eth0'), hostEndpoint('h', 'eth0'), globalPolicy('p', denyIngress)]
  const [answer] = await oracle.ask([{ op: 'flows', world: smallWorld(resources, { nodes }), flows: [] }])
  assert.equal(answer?.ok && answer.endpoints, {
    n1: { eth0: { hep: 'h', normal: [['default.p'], []] } },
    n2: {},
  })
})

facts.run()
