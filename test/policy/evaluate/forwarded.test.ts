import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, hostEndpoint } from '../../../src/index.js'
import { printExplanation } from '../../../src/policy/query/print-explanation.js'
import { denyNodes, everyNode, felix, outside, tcp, worldOf } from '../node-world.js'

/* The chains of a node that passes on what is no end of it are held to Calico's in test/conformance. */
const test = suite('what nodes pass on between two ends outside')

const [office, bank] = ['203.0.113.9', outside]
const onward = globalNetworkPolicy('onward').selector("role == 'worker'").applyOnForward()
const closed = onward.denyIngress()
const unnamed = 'through, the node that passes it on, if one does'
const world = worldOf([everyNode, closed])
const through = (node: string, rest: object = {}) => ({ ...tcp(office, bank), through: { node, ...rest } })

test('is not known where some node would drop it, and says what to name', () => {
  const { decision, missing } = world.verdict(tcp(office, bank))
  assert.is(decision, 'unknown')
  assert.equal(missing, [unnamed])
})

test('is known once the node is named', () => {
  const denied = world.verdict(through('n1'))
  assert.is(denied.decision, 'denied')
  assert.equal(denied.chains, [
    { direction: 'Ingress', host: { node: 'n1', hook: 'forward', endpoint: 'HostEndpoint(n1-auto-hep)' } },
  ])
  assert.is(world.verdict(through('n2')).decision, 'allowed')
  assert.match(printExplanation(world.explain(through('n1'))), 'GlobalNetworkPolicy(onward), rule 0: Deny')
})

test('is allowed where no node has a policy of what it passes on, or each lets it through', () => {
  assert.is(worldOf([everyNode, denyNodes]).verdict(tcp(office, bank)).decision, 'allowed')
  const open = worldOf([everyNode, onward.allowIngress()])
  assert.is(open.verdict(tcp(office, bank)).decision, 'allowed')
})

test('hangs on preDNAT and doNotTrack as well', () => {
  const before = worldOf([everyNode, closed.preDNAT()])
  assert.is(before.verdict(tcp(office, bank)).decision, 'unknown')
  const eth = hostEndpoint('eth', 'n1').interfaceName('eth0').labels({ role: 'worker' })
  const untracked = worldOf([eth, closed.doNotTrack()])
  assert.is(untracked.verdict(tcp(office, bank)).decision, 'unknown')
  assert.is(untracked.verdict(through('n1', { in: 'eth0' })).decision, 'denied')
  assert.is(untracked.verdict(through('n1', { in: 'eth1', out: 'eth0' })).decision, 'allowed')
  assert.is(untracked.verdict({ ...through('n1'), interface: 'eth0' }).decision, 'denied')
  const open = untracked.verdict(through('n1'))
  assert.equal([open.decision, open.missing], ['unknown', ['the interface, or the address of the node']])
})

test('of a NodePort meets the chains of the node that it was sent to', () => {
  const sent = (ip: string) => ({ ...tcp(office, bank, 8080), beforeDNAT: { ip, port: 30080 } })
  assert.is(world.verdict(sent('192.0.2.1')).decision, 'denied')
  assert.is(world.verdict(sent('192.0.2.2')).decision, 'allowed')
  assert.match(
    printExplanation(world.explain(sent('192.0.2.1'))),
    'GlobalNetworkPolicy(onward), rule 0: Deny',
  )
  // The address of a service may be turned by any node.
  const atAny = world.verdict(sent('198.51.100.80'))
  assert.equal([atAny.decision, atAny.missing], ['unknown', [unnamed]])
})

test('of a service outside, to a pod, meets the node that it comes to first', () => {
  const sent = (rest: object = {}) => ({
    ...tcp(office, 'shop/b', 8080),
    beforeDNAT: { ip: '198.51.100.80', port: 80 },
    ...rest,
  })
  assert.equal([world.verdict(sent()).decision, world.verdict(sent()).missing], ['unknown', [unnamed]])
  assert.is(world.verdict(sent({ through: { node: 'n1' } })).decision, 'denied')
  assert.is(world.verdict(sent({ through: { node: 'n2' } })).decision, 'allowed')
})

test('meets a node between two others, too', () => {
  const far = { ...tcp('shop/b', bank), through: { node: 'n1' } }
  assert.is(world.verdict(tcp('shop/b', bank)).decision, 'allowed')
  assert.is(world.verdict(far).decision, 'denied')
})

test('does not know a node that is none of the world, nor the order of two', () => {
  const strange = world.verdict(through('n9'))
  assert.equal(
    [strange.decision, strange.missing],
    ['unknown', ['what the node n9 is: the world has no such node']],
  )
  const both = world.verdict({ ...through('n2'), beforeDNAT: { ip: '192.0.2.1', port: 30080 } })
  assert.is(both.decision, 'unknown')
  assert.equal(both.missing, ['whether n2 passes it on before or after n1 turns it to where it goes'])
})

test('is not known of eBPF', () => {
  const { decision, missing = [] } = worldOf([everyNode, closed, felix({ bpfEnabled: true })]).verdict(
    through('n1'),
  )
  assert.is(decision, 'unknown')
  assert.match(missing.join(), 'eBPF dataplane of n1')
})

test.run()
