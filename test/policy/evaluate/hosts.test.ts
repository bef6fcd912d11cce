import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, hostEndpoint, networkPolicy, orThrow } from '../../../src/index.js'
import { printVerdict } from '../../../src/policy/evaluate/print-verdict.js'
import { printExplanation } from '../../../src/policy/query/print-explanation.js'
import {
  decide,
  denyNodes,
  everyNode,
  felix,
  nodes,
  outside,
  pod,
  pods,
  tcp,
  worldOf,
} from '../node-world.js'

/*
 * The chains themselves are held to Calico's own, flow by flow, in test/conformance/flows.test.ts. Here is what that
 * cannot ask: what is not given, what is made of nodes, and how it is told.
 */
const test = suite('what hosts let through')

test('never asks a node about its own pods, and its pods only for their egress on the way to it', () => {
  const world = worldOf([everyNode, denyNodes, networkPolicy('none', 'shop').denyIngress()])
  assert.is(decide(world, 'node:n1', 'shop/a'), 'allowed')
  assert.is(decide(world, 'node:n1', 'shop/b'), 'denied')
  assert.is(decide(world, 'shop/a', 'node:n1'), 'denied')
  const accepting = worldOf([everyNode, denyNodes, felix({ defaultEndpointToHostAction: 'Accept' })])
  assert.is(decide(accepting, 'shop/a', 'node:n1'), 'allowed')
  assert.is(decide(accepting, 'shop/b', 'node:n1'), 'denied')
})

test('takes a pod on the network of its host for the host', () => {
  const world = worldOf([everyNode, denyNodes], {
    pods: [...pods, pod('kubelet', '192.0.2.1', 'n1', { hostNetwork: true })],
  })
  assert.is(decide(world, outside, 'shop/kubelet'), 'denied')
  assert.is(decide(world, outside, 'shop/kubelet', 22), 'allowed')
  assert.is(decide(world, 'shop/kubelet', 'shop/a'), 'allowed')
})

test('meets an endpoint for all interfaces when a node asks itself, and no named one', () => {
  assert.is(decide(worldOf([everyNode, denyNodes]), 'node:n1', 'node:n1', 8080), 'denied')
  const named = hostEndpoint('eth', 'n1').interfaceName('eth0').labels({ role: 'worker' })
  assert.is(decide(worldOf([named, denyNodes]), 'node:n1', 'node:n1', 8080), 'allowed')
})

test('sees a NodePort before DNAT by its own port, and afterwards by the port of the pod', () => {
  const office = '203.0.113.0/24'
  const closed = globalNetworkPolicy('node-ports')
    .selector('all()')
    .applyOnForward()
    .preDNAT()
    .allowIngress({ source: { nets: [office] } })
    .denyIngress({ protocol: 'TCP', destination: { ports: ['30000:32767'] } })
  const viaNode = (from: string, resources: ReadonlyArray<object>) =>
    worldOf(resources).verdict({
      ...tcp(from, 'shop/b', 8080),
      beforeDNAT: { ip: '192.0.2.1', port: 30080 },
    }).decision
  assert.is(viaNode(outside, [everyNode, closed]), 'denied')
  assert.is(viaNode('203.0.113.9', [everyNode, closed]), 'allowed')
  // A policy of the node's own traffic is none of what it forwards.
  const late = globalNetworkPolicy('late')
    .selector("role == 'worker'")
    .denyIngress({ protocol: 'TCP', destination: { ports: [30080] } })
  assert.is(viaNode(outside, [everyNode, late]), 'allowed')
})

test('does not know which interface is meant where that matters, and says so', () => {
  const eth = hostEndpoint('eth', 'n1').interfaceName('eth0').labels({ role: 'worker' })
  const world = worldOf([eth, denyNodes])
  const { decision, missing } = world.verdict(tcp(outside, 'node:n1'))
  assert.is(decision, 'unknown')
  assert.equal(missing, ['the interface, or the address of the node'])
  assert.is(decide(world, outside, 'node:n1/eth0'), 'denied')
  assert.is(decide(world, outside, 'node:n1/eth1'), 'allowed')
  assert.is(decide(world, outside, 'node:n1', 22), 'allowed')
})

test('finds the interface of an endpoint without a name by its address', () => {
  const lan = hostEndpoint('lan', 'n1').expectedIPs('192.0.2.1').labels({ role: 'worker' })
  const described = [
    ...nodes,
    { _tag: 'Node', name: 'n1', interfaces: { eth0: ['192.0.2.1'], eth1: ['198.18.0.1'] } },
  ]
  const world = worldOf([lan, denyNodes], { nodes: described })
  assert.is(decide(world, outside, 'node:n1/eth0'), 'denied')
  assert.is(decide(world, outside, 'node:n1/eth1'), 'allowed')
  assert.is(decide(world, outside, '198.18.0.1'), 'allowed')
})

test('does not know what a pod meets whose node nobody has named, where nodes have a say', () => {
  const forward = globalNetworkPolicy('f').selector('all()').applyOnForward().denyIngress()
  const somewhere = [pod('a', '10.0.0.1', undefined), pod('b', '10.0.0.2', 'n2')]
  const { decision, missing } = worldOf([everyNode, forward], { pods: somewhere }).verdict(
    tcp(outside, 'shop/a'),
  )
  assert.is(decision, 'denied')
  const named = globalNetworkPolicy('f').selector("role == 'worker'").applyOnForward().denyIngress()
  const open = worldOf([everyNode, named], { pods: somewhere }).verdict(tcp(outside, 'shop/a'))
  assert.is(open.decision, 'unknown')
  assert.equal(open.missing, ['the node that shop/a runs on'])
  assert.is(missing, undefined)
})

test('finds host endpoints by the addresses they are expected to have', () => {
  const lan = hostEndpoint('lan', 'n1')
    .interfaceName('eth0')
    .expectedIPs('192.0.2.1')
    .profiles('projectcalico-default-allow')
    .labels({ role: 'node' })
  const fromNode = (role: string) =>
    worldOf([
      lan,
      networkPolicy('in', 'shop').allowIngress({
        source: { selector: `role == '${role}'`, namespaceSelector: 'global()' },
      }),
    ])
  assert.is(decide(fromNode('node'), '192.0.2.1', 'shop/b'), 'allowed')
  assert.is(decide(fromNode('other'), '192.0.2.1', 'shop/b'), 'denied')
})

test('does not know the profile of an endpoint that is not given', () => {
  const eth = hostEndpoint('eth', 'n1').interfaceName('eth0').profiles('lab')
  const { decision, missing } = worldOf([eth]).verdict(tcp(outside, 'node:n1/eth0'))
  assert.is(decision, 'unknown')
  assert.equal(missing, ['the profile lab'])
})

test('says of eBPF that its chains are others, where they are', () => {
  const forward = globalNetworkPolicy('f').selector('all()').applyOnForward().denyIngress()
  const world = worldOf([everyNode, forward, felix({ bpfEnabled: true })])
  const own = world.verdict(tcp(outside, 'node:n1'))
  assert.is(own.decision, 'denied')
  assert.is(own.dataplane, 'eBPF')
  const through = world.verdict(tcp(outside, 'shop/a'))
  assert.is(through.decision, 'unknown')
  assert.match(through.missing?.[0] ?? '', /eBPF dataplane of n1/)
})

test('names every chain that was asked, in order', () => {
  const forward = globalNetworkPolicy('f').selector('all()').applyOnForward().allowIngress()
  const world = worldOf([everyNode, forward])
  const { chains } = world.verdict(tcp('shop/a', 'shop/b'))
  const at = (name: string) => ({ node: name, hook: 'forward', endpoint: `HostEndpoint(${name}-auto-hep)` })
  assert.equal(chains, [
    { direction: 'Ingress', host: at('n1') },
    { direction: 'Egress' },
    { direction: 'Ingress', host: at('n2') },
    { direction: 'Ingress' },
  ])
})

test('tells the way as text', () => {
  const flow = tcp(outside, 'node:n1', 10250)
  const world = worldOf([everyNode, denyNodes])
  assert.is(
    printExplanation(world.explain(flow)),
    [
      'denied',
      '  ingress of HostEndpoint(n1-auto-hep)',
      '    → GlobalNetworkPolicy(deny), rule 0: Deny',
    ].join('\n'),
  )
  assert.is(
    printVerdict(world.verdict(flow)),
    'denied\n  ingress at n1: GlobalNetworkPolicy(deny), rule 0: Deny',
  )
  assert.is(
    printVerdict(world.verdict(tcp(outside, 'node:n1', 22))),
    'allowed\n  ingress at n1: failsafe port: Allow',
  )
})

test('lists the policies of a node and of an endpoint, with where they are asked', () => {
  const world = worldOf([
    everyNode,
    globalNetworkPolicy('f').selector('all()').applyOnForward().denyIngress(),
  ])
  const expected = [
    {
      policy: 'GlobalNetworkPolicy(f)',
      tier: 'default',
      types: ['Ingress'],
      certain: true,
      endpoint: 'HostEndpoint(n1-auto-hep)',
      hooks: ['forward', 'normal'],
    },
  ]
  assert.equal(world.policiesOf('node:n1'), expected)
  assert.equal(world.policiesOf('HostEndpoint(n1-auto-hep)'), expected)
  assert.equal(world.idle().policies, [])
})

test('says who can talk to nodes, for all ports at once', () => {
  const kubelet = globalNetworkPolicy('kubelet')
    .selector("role == 'worker'")
    .allowIngress({ protocol: 'TCP', source: { nets: ['192.0.2.0/24'] }, destination: { ports: [10250] } })
  const world = worldOf([everyNode, kubelet, felix({ failsafeInboundHostPorts: [] })])
  const pairs = [
    ...world.connectivity({ n1: { _tag: 'Node', name: 'n1' }, n2: { _tag: 'Node', name: 'n2' } }).pairs(),
  ]
  const between = (from: string, to: string) => pairs.find((it) => it.from === from && it.to === to)?.allowed
  assert.equal(between('n2', 'n1'), [{ protocol: 'TCP', ports: [10250] }])
  assert.equal(between('n1', 'n2'), [{}])
  assert.equal(between('shop/b', 'n1'), [])
  assert.equal(between('n1', 'shop/a'), [{}])
})

test('answers after a change what it would if compiled so', () => {
  const before = worldOf([everyNode])
  const after = orThrow(before.with({ put: [denyNodes] }))
  assert.is(decide(before, outside, 'node:n1'), 'allowed')
  assert.is(decide(after, outside, 'node:n1'), 'denied')
  assert.is(decide(orThrow(after.with({ remove: ['Node(n1)'] })), outside, '192.0.2.1'), 'allowed')
})

test.run()
