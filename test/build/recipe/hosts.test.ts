import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hostEgress } from '../../../src/build/recipe/host-egress.js'
import { metadataFromNodesOnly } from '../../../src/build/recipe/metadata-from-nodes.js'
import { nodePortsFrom } from '../../../src/build/recipe/node-ports.js'
import { failsafePortsFrom, protectHosts } from '../../../src/build/recipe/protect-hosts.js'
import { egress } from '../../../src/build/rule.js'
import { check } from '../../../src/check/check.js'
import { orThrow } from '../../../src/error.js'
import type { Resource } from '../../../src/model/resource.js'
import { compile } from '../../../src/policy/compile.js'
import type { PeerFlow } from '../../../src/policy/compiled-world.js'

const recipes = suite('recipes for hosts')

const nodes = ['1', '2'].map((n) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: `n${n}`, annotations: { 'projectcalico.org/IPv4VXLANTunnelAddr': `10.0.${n}.0` } },
  status: { addresses: [{ type: 'InternalIP', address: `10.250.0.${n}` }] },
}))
const pods = ['1', '2'].map((n) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name: `p${n}` },
  spec: { nodeName: `n${n}`, containers: [] },
  status: { podIP: `10.0.${n}.7` },
}))
const automatic = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'KubeControllersConfiguration',
  metadata: { name: 'default' },
  spec: { controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } } },
}
const felix = (spec: object) => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'FelixConfiguration',
  metadata: { name: 'default' },
  spec: { defaultEndpointToHostAction: 'Accept', ...spec },
})

const asking = (policies: ReadonlyArray<Resource>, configuration: object = {}) => {
  for (const policy of policies) assert.ok(E.isRight(check(policy, { calico: '3.28' })))
  const world = orThrow(compile({ resources: [automatic, felix(configuration), ...policies], nodes, pods }))
  return (from: string, to: string, port: number, more: Partial<PeerFlow> = {}) =>
    world.verdict({ from, to, protocol: 'TCP', port, sourcePort: 40000, ...more }).decision
}
const [office, internet, apiServer] = ['203.0.113.9', '198.51.100.7', '192.0.2.1'] as const
const nodeNets = ['10.250.0.0/16']

recipes('protectHosts keeps the kubelet from the internet and from pods of other nodes', () => {
  const ask = asking([protectHosts({ from: [...nodeNets, '203.0.113.0/24'] })])
  for (const from of [internet, 'shop/p2']) assert.is(ask(from, '10.250.0.1', 10250), 'denied')
  assert.is(ask('10.250.0.2', '10.250.0.1', 10250), 'allowed')
  // From its tunnel's address, which is none of these, it would not be.
  assert.is(ask('node:n2', '10.250.0.1', 10250), 'unknown')
  assert.is(ask('10.0.2.0', '10.250.0.1', 10250), 'denied')
  assert.is(ask(office, '10.250.0.1', 10250), 'allowed')
  assert.is(ask(internet, '10.250.0.1', 443), 'allowed')
  // The API server, beside it on the node, through the loopback interface.
  assert.is(ask('node:n1/lo', 'node:n1/lo', 10250), 'allowed')
  assert.is(ask('10.250.0.1', '10.250.0.1', 10250), 'allowed')
  // What no policy of hosts can do: `protectNodes` is for that.
  assert.is(ask('shop/p1', '10.250.0.1', 10250), 'allowed')
})

recipes('protectHosts closes SSH and etcd only with narrower failsafe ports', () => {
  const policy = protectHosts({ from: nodeNets })
  for (const port of [22, 2379, 2380]) {
    assert.is(asking([policy])(internet, '10.250.0.1', port), 'allowed')
    const narrow = asking([policy], { failsafeInboundHostPorts: failsafePortsFrom(nodeNets) })
    assert.is(narrow(internet, '10.250.0.1', port), 'denied')
    assert.is(narrow('10.250.0.2', '10.250.0.1', port), 'allowed')
  }
})

recipes('nodePortsFrom opens node ports to the office alone', () => {
  const ask = asking([nodePortsFrom({ from: ['203.0.113.0/24', '10.250.0.0/16'], nodes: nodeNets })])
  const beforeDNAT = { ip: '10.250.0.1', port: 30080 }
  for (const pod of ['shop/p1', 'shop/p2']) {
    assert.is(ask(office, pod, 8080, { beforeDNAT }), 'allowed')
    assert.is(ask(internet, pod, 8080, { beforeDNAT }), 'denied')
  }
  assert.is(ask(internet, '10.250.0.1', 443), 'allowed')
  assert.is(ask(internet, 'shop/p1', 30080), 'allowed')
  assert.is(ask('shop/p2', 'shop/p1', 8080, { beforeDNAT }), 'denied')
})

recipes('nodePortsFrom takes networks of both versions, each with nodes of its own', () => {
  const both = nodePortsFrom({
    from: ['203.0.113.0/24', '2001:db8:1::/48'],
    nodes: [...nodeNets, 'fd01::/64'],
  })
  const ask = asking([both])
  assert.is(ask(office, 'shop/p1', 8080, { beforeDNAT: { ip: '10.250.0.1', port: 30080 } }), 'allowed')
  const rules = both.spec.ingress ?? []
  const pairs = rules.flatMap(({ source, destination }) =>
    source?.nets === undefined ? [] : [`${source.nets} ${destination?.nets}`],
  )
  assert.equal([...new Set(pairs)], ['203.0.113.0/24 10.250.0.0/16', '2001:db8:1::/48 fd01::/64'])
})

recipes(
  'hostEgress leaves the API server, the cluster and names, and nothing else that is not listed',
  () => {
    const ask = asking([
      hostEgress({
        cluster: [...nodeNets, '10.0.0.0/16'],
        apiServer: { nets: [`${apiServer}/32`] },
        allow: [egress.allow({ protocol: 'TCP', destination: { nets: ['198.51.100.0/24'], ports: [443] } })],
      }),
    ])
    assert.is(ask('node:n1', apiServer, 443), 'allowed')
    assert.is(ask('node:n1', '10.250.0.2', 10250), 'allowed')
    assert.is(ask('node:n1', 'shop/p2', 8443), 'allowed')
    assert.is(ask('node:n1/lo', 'node:n1/lo', 10250), 'allowed')
    assert.is(ask('node:n1', '198.51.100.1', 53, { protocol: 'UDP' }), 'allowed')
    assert.is(ask('node:n1', internet, 443), 'allowed')
    assert.is(ask('node:n1', internet, 80), 'denied')
    assert.is(ask('shop/p1', internet, 80), 'allowed')
  },
)

recipes('metadataFromNodesOnly keeps it from pods and leaves it to nodes', () => {
  const ask = asking([metadataFromNodesOnly()])
  for (const pod of ['shop/p1', 'shop/p2']) assert.is(ask(pod, '169.254.169.254', 80), 'denied')
  assert.is(ask('node:n1', '169.254.169.254', 80), 'allowed')
  assert.is(ask('shop/p1', internet, 80), 'allowed')
})

recipes.run()
