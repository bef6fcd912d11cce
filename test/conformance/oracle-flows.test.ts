import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Oracle, oracleTests } from './oracle.js'
import type { Flow, Manifest, World } from './world.js'

const pod = (name: string, rest: Partial<World['pods'][number]> = {}): World['pods'][number] => ({
  namespace: 'shop',
  name,
  ips: [`10.0.0.${name.length}`],
  serviceAccount: 'default',
  node: 'n1',
  ...rest,
})

const world = (resources: ReadonlyArray<Manifest>, rest: Partial<World> = {}): World => ({
  namespaces: [{ name: 'shop', labels: { team: 'a' } }, { name: 'default' }],
  serviceAccounts: [],
  pods: [pod('a'), pod('bb', { labels: { role: 'db' } })],
  resources,
  ...rest,
})

const policy = (name: string, spec: object, namespace = 'shop'): Manifest => ({
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec,
})
const global = (name: string, spec: object): Manifest => ({
  kind: 'GlobalNetworkPolicy',
  metadata: { name },
  spec,
})

const nodes = ['n1', 'n2'].map((name, i) => ({
  name,
  interfaces: [{ name: 'eth0', ips: [`192.168.0.${i + 1}`] }],
}))
const hostEndpoint = (name: string, interfaceName: string): Manifest => ({
  kind: 'HostEndpoint',
  metadata: { name, labels: { host: 'yes' } },
  spec: { node: 'n1', interfaceName, profiles: ['projectcalico-default-allow'] },
})

const facts = suite('the oracle, of flows,')
const asked = await oracleTests(facts)

const says = async (oracle: Oracle, where: World, ...flows: ReadonlyArray<Flow>): Promise<unknown> => {
  const [answer] = await oracle.ask([{ op: 'flows', world: where, flows }])
  return answer?.ok ? answer.expected : answer
}

const web: Flow = ['shop/a', 'shop/bb', 'TCP', 80]
const deny = { types: ['Ingress'], ingress: [{ action: 'Deny' }] }

asked('names the policy and the rule that decide at each end', async (oracle) => {
  const spec = { ingress: [{ action: 'Deny', protocol: 'UDP' }, { action: 'Allow' }] }
  assert.equal(await says(oracle, world([policy('p', spec)]), web, ['shop/a', 'shop/bb', 'UDP', 53]), [
    '+ e:profile:a i:shop/default.p:1:a',
    '- e:profile:a i:shop/default.p:0:d',
  ])
})

asked('breaks ties of order by the stored name', async (oracle) => {
  const spec = { order: 1, types: ['Ingress'], ingress: [{ action: 'Allow' }] }
  assert.equal(
    await says(oracle, world([policy('a', { ...deny, order: 1 }, 'shop'), global('zz', spec)]), web),
    ['+ e:profile:a i:default.zz:0:a'],
  )
})

asked('fills in the types of a Kubernetes policy as the API server does', async (oracle) => {
  const kubernetes = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'shop' },
    spec: { podSelector: {}, egress: [{ ports: [{ port: 80 }] }] },
  }
  assert.equal(await says(oracle, world([kubernetes]), web, ['shop/a', '192.0.2.1', 'TCP', 81]), [
    '- e:shop/knp.default.p:0:a i:end:d',
    '- e:end:d',
  ])
})

asked("keeps a pod's own labels from passing for its namespace's", async (oracle) => {
  const pods = [pod('a'), pod('bb', { labels: { 'pcns.team': 'b' } })]
  const where = world([global('p', { ...deny, namespaceSelector: "team == 'b'" })], { pods })
  assert.equal(await says(oracle, where, web), ['+ e:profile:a i:profile:a'])
})

asked('drops tunnels that a pod opens, before any policy', async (oracle) => {
  const open = global('p', { types: ['Egress'], egress: [{ action: 'Allow' }] })
  const flows: ReadonlyArray<Flow> = [
    ['shop/a', '192.0.2.1', 'UDP', 4789],
    ['shop/a', '192.0.2.1', 4],
  ]
  assert.equal(await says(oracle, world([open]), ...flows), ['- e:encapsulated:d', '- e:encapsulated:d'])
})

asked('finds no endpoints of a service that is named without its namespace', async (oracle) => {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 's', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.0.0.2'] }],
    ports: [{ port: 80, protocol: 'TCP' }],
  }
  const allowing = (services: object) =>
    world([slice, policy('p', { egress: [{ action: 'Allow', destination: { services } }] })])
  assert.equal(await says(oracle, allowing({ name: 'web', namespace: 'shop' }), web), [
    '+ e:shop/default.p:0:a i:profile:a',
  ])
  assert.equal(await says(oracle, allowing({ name: 'web' }), web), ['- e:end:d'])
})

asked("asks a node's hooks in their order", async (oracle) => {
  const forward = { selector: 'has(host)', applyOnForward: true, types: ['Ingress'] }
  const resources = [
    hostEndpoint('h', 'eth0'),
    global('pre', { ...forward, preDNAT: true, ingress: [{ action: 'Pass' }] }),
    global('on', { ...forward, ingress: [{ action: 'Allow' }] }),
  ]
  const where = world(resources, { nodes, config: { DefaultEndpointToHostAction: 'ACCEPT' } })
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

asked('has a node that asks itself meet its endpoint for all interfaces twice', async (oracle) => {
  const itself: Flow = ['node:n1/eth0', 'node:n1/eth0', 'TCP', 80]
  assert.equal(await says(oracle, world([hostEndpoint('h', '*')], { nodes }), itself), [
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
  const where = world([felix, hostEndpoint('h', 'eth0'), global('p', { ...deny, selector: 'has(host)' })], {
    nodes,
  })
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
  const resources = [hostEndpoint('x', 'eth0'), hostEndpoint('h', 'eth0'), global('p', deny)]
  const [answer] = await oracle.ask([{ op: 'flows', world: world(resources, { nodes }), flows: [] }])
  assert.equal(answer?.ok && answer.endpoints, {
    n1: { eth0: { hep: 'h', normal: [['default.p'], []] } },
    n2: {},
  })
})

asked('refuses a world that Calico would', async (oracle) => {
  const answers = await oracle.ask(
    [policy('p', { order: 'first' }), policy('a.b', {}), { kind: 'Tier', metadata: { name: 't' } }].map(
      (it) => ({
        op: 'flows' as const,
        world: world([it]),
        flows: [web],
      }),
    ),
  )
  assert.equal(
    answers.map((answer) => answer.ok || answer.stage),
    ['resource', 'resource', 'resource'],
  )
})

facts.run()
