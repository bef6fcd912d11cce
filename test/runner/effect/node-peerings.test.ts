import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, hostEndpoint, resource } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { clusterWith, endpoints, pool, refusedOn, slice } from './node-cluster.js'

const peerings = suite('what nodes of Calico say to each other')

const onWorker = globalNetworkPolicy('hosts').order(10).selector("host == 'worker'")
const denied = (protocol: 'TCP' | 'UDP', port: number) =>
  ({ protocol, destination: { ports: [port] } }) as const
type Ports = ReturnType<typeof denied>
const deniedIn = (rule: Ports | { readonly protocol: number }, hosts = onWorker) =>
  hosts.denyIngress(rule).allowIngress({})
const deniedOut = (rule: Ports) => onWorker.denyEgress(rule).allowEgress({})
/** Tunnels are let through before a normal policy is asked, and after those of these two kinds. */
const early = (rule: Ports | { readonly protocol: number }) =>
  onWorker.applyOnForward().preDNAT().denyIngress(rule)
const untracked = (rule: Ports) => onWorker.applyOnForward().doNotTrack().denyIngress(rule)

const vxlan = (more: object = {}) =>
  resource('IPPool', 'pods', { cidr: '10.0.0.0/16', vxlanMode: 'Always', ...more })
const felix = (spec: object) => resource('FelixConfiguration', 'default', spec)
const wireguard = (more: object = {}) => felix({ wireguardEnabled: true, ...more })

type Resources = ReadonlyArray<unknown>
type Objects = Parameters<typeof clusterWith>[1]

const cuts = async (there: Resources, wanted: unknown, objects?: Objects) =>
  (await refusedOn(await clusterWith([...endpoints, ...there], objects), [wanted])).cuts

/** Nothing is held against it. Plan and apply ask the same. */
const passes = async (there: Resources, wanted: unknown, objects?: Objects): Promise<void> => {
  const runner = createRunner({
    owner: 'ours',
    cluster: await clusterWith([...endpoints, ...there], objects),
  })
  assert.is((await runner.plan([wanted])).lockout, undefined)
}

const vxlanCut = ['node worker off from VXLAN of node control (UDP 4789)']

peerings('VXLAN is kept where a pool has it: policy, rule, chain and node are named', async () => {
  const cluster = await clusterWith([...endpoints, vxlan()])
  const { cuts, message, policies } = await refusedOn(cluster, [early(denied('UDP', 4789))])
  assert.equal(cuts, vxlanCut)
  assert.equal(policies, ['GlobalNetworkPolicy(hosts)'])
  assert.match(
    message,
    'GlobalNetworkPolicy(hosts), ingress rule 0, in the preDNAT chain (ingress) of HostEndpoint(worker) on node worker',
  )
  await passes([vxlan()], early(denied('UDP', 4790)))
  await passes([vxlan()], early(denied('TCP', 4789)))
})

peerings('Felix lets VXLAN through before normal policies, so that these cut nothing off', async () => {
  await passes([vxlan()], deniedIn(denied('UDP', 4789)).denyEgress(denied('UDP', 4789)).allowEgress({}))
})

peerings('a policy without connection tracking cuts VXLAN off at the interface that it is for', async () => {
  const named = hostEndpoint('worker', 'worker')
    .expectedIPs('192.0.2.2')
    .labels({ host: 'worker' })
    .profiles('projectcalico-default-allow')
  const cluster = await clusterWith([named, vxlan()])
  const { cuts, message } = await refusedOn(cluster, [untracked(denied('UDP', 4789))])
  assert.equal(cuts, vxlanCut)
  assert.match(message, 'in the untracked chain (ingress) of HostEndpoint(worker) on node worker')
  await passes([vxlan()], untracked(denied('UDP', 4789)))
})

peerings('the port of VXLAN is the one that Felix is told', async () => {
  const there = [vxlan(), felix({ vxlanPort: 8472 })]
  assert.equal(await cuts(there, early(denied('UDP', 8472))), [
    'node worker off from VXLAN of node control (UDP 8472)',
  ])
  await passes(there, early(denied('UDP', 4789)))
})

peerings('a pool that is disabled still carries the pods that it has', async () => {
  assert.equal(await cuts([vxlan({ disabled: true })], early(denied('UDP', 4789))), vxlanCut)
})

peerings('VXLAN that no pool has, or that Felix is told to leave, is not held against a policy', async () => {
  await passes([], early(denied('UDP', 4789)))
  await passes([pool], early(denied('UDP', 4789)))
  await passes([vxlan(), felix({ vxlanEnabled: false })], early(denied('UDP', 4789)))
})

peerings('IP in IP is kept where a pool has it, and nowhere else', async () => {
  const cut = ['node worker off from IP in IP of node control (protocol 4)']
  assert.equal(await cuts([pool], early({ protocol: 4 })), cut)
  await passes([pool], deniedIn({ protocol: 4 }))
  await passes([pool], early({ protocol: 41 }))
  await passes([vxlan()], early({ protocol: 4 }))
})

peerings('WireGuard is kept where it is on: policy, rule, chain and node are named', async () => {
  const cluster = await clusterWith([...endpoints, wireguard()])
  const { cuts, message } = await refusedOn(cluster, [early(denied('UDP', 51820))])
  assert.equal(cuts, ['node worker off from WireGuard of node control (UDP 51820)'])
  assert.match(
    message,
    'GlobalNetworkPolicy(hosts), ingress rule 0, in the preDNAT chain (ingress) of HostEndpoint(worker) on node worker',
  )
  await passes([wireguard()], early(denied('UDP', 51819)))
  await passes([wireguard()], deniedIn(denied('UDP', 51820)))
})

peerings('the port of WireGuard is the one that Felix is told', async () => {
  const there = [wireguard({ wireguardListeningPort: 51900 })]
  assert.equal(await cuts(there, early(denied('UDP', 51900))), [
    'node worker off from WireGuard of node control (UDP 51900)',
  ])
  await passes(there, early(denied('UDP', 51820)))
})

peerings('WireGuard that is off, for all or for one of two nodes, is not held against a policy', async () => {
  await passes([], early(denied('UDP', 51820)))
  await passes([felix({ wireguardEnabled: false })], early(denied('UDP', 51820)))
  const offOnWorker = resource('FelixConfiguration', 'node.worker', { wireguardEnabled: false })
  await passes([wireguard(), offOnWorker], early(denied('UDP', 51820)))
})

peerings('WireGuard over IPv6 says nothing of nodes that have no address of it', async () => {
  await passes([felix({ wireguardEnabledV6: true })], early(denied('UDP', 51821)))
})

peerings('BGP that no pool needs, or that has no mesh, is not held against a policy', async () => {
  const failsafe = { failsafeInboundHostPorts: [{ protocol: 'TCP', port: 10250 }] }
  const deny = deniedIn(denied('TCP', 179))
  assert.equal(await cuts([pool, felix(failsafe)], deny), [
    'node worker off from BGP of node control (TCP 179)',
  ])
  await passes([vxlan(), felix(failsafe)], deny)
  const meshless = resource('BGPConfiguration', 'default', { nodeToNodeMeshEnabled: false })
  await passes([pool, felix(failsafe), meshless], deny)
})

const typha = slice('kube-system', 'calico-typha', 5473, { address: '192.0.2.1' })
const withoutTypha = felix({
  failsafeInboundHostPorts: [{ protocol: 'TCP', port: 22 }],
  failsafeOutboundHostPorts: [{ protocol: 'TCP', port: 6443 }],
})
const onControl = onWorker.selector("host == 'control'")

peerings(
  'Typha is kept where its failsafe port was taken away: at its own end and at the others',
  async () => {
    const cluster = await clusterWith([...endpoints, withoutTypha], [typha])
    const deny = deniedIn(denied('TCP', 5473), onControl)
    const { cuts: atTypha, message, policies } = await refusedOn(cluster, [deny])
    assert.ok(atTypha?.includes('node worker off from Typha (TCP 5473)'))
    assert.equal(policies, ['GlobalNetworkPolicy(hosts)'])
    assert.match(
      message,
      'GlobalNetworkPolicy(hosts), ingress rule 0, in the normal chain (ingress) of HostEndpoint(control) on node control',
    )
    const atNode = await refusedOn(cluster, [deniedOut(denied('TCP', 5473))])
    assert.equal(atNode.cuts, ['node worker off from Typha (TCP 5473)'])
    assert.match(
      atNode.message,
      'egress rule 0, in the normal chain (egress) of HostEndpoint(worker) on node worker',
    )
    await passes([withoutTypha], deniedIn(denied('TCP', 5474), onControl), [typha])
  },
)

peerings('the failsafe port of Typha is missed when it is taken away from under a policy', async () => {
  const deny = deniedIn(denied('TCP', 5473), onControl)
  await passes([], deny, [typha])
  const taken = await cuts([deny], withoutTypha, [typha])
  assert.ok(taken?.includes('node worker off from Typha (TCP 5473)'))
})

peerings('one Typha of two is enough, and none is needed where there is none', async () => {
  const deny = deniedIn(denied('TCP', 5473), onControl)
  const other = slice('kube-system', 'calico-typha', 5473, { address: '192.0.2.2' })
  await passes([withoutTypha], deny, [typha, other])
  await passes([withoutTypha], deny)
})

peerings.run()
