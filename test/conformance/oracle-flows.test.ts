import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Flow } from './flow-case.js'
import { oracleTests } from './oracle.js'
import { denyIngress, globalPolicy, pod, policy, says, smallWorld } from './small-world.js'

const facts = suite('the oracle, of flows,')
const asked = await oracleTests(facts)

const web: Flow = ['shop/a', 'shop/bb', 'TCP', 80]
asked('names the policy and the rule that decide at each end', async (oracle) => {
  const spec = { ingress: [{ action: 'Deny', protocol: 'UDP' }, { action: 'Allow' }] }
  assert.equal(await says(oracle, smallWorld([policy('p', spec)]), web, ['shop/a', 'shop/bb', 'UDP', 53]), [
    '+ e:profile:a i:shop/default.p:1:a',
    '- e:profile:a i:shop/default.p:0:d',
  ])
})

asked('breaks ties of order by the stored name', async (oracle) => {
  const spec = { order: 1, types: ['Ingress'], ingress: [{ action: 'Allow' }] }
  assert.equal(
    await says(
      oracle,
      smallWorld([policy('a', { ...denyIngress, order: 1 }, 'shop'), globalPolicy('zz', spec)]),
      web,
    ),
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
  assert.equal(await says(oracle, smallWorld([kubernetes]), web, ['shop/a', '192.0.2.1', 'TCP', 81]), [
    '- e:shop/knp.default.p:0:a i:end:d',
    '- e:end:d',
  ])
})

asked("keeps a pod's own labels from passing for its namespace's", async (oracle) => {
  const pods = [pod('a'), pod('bb', { labels: { 'pcns.team': 'b' } })]
  const where = smallWorld([globalPolicy('p', { ...denyIngress, namespaceSelector: "team == 'b'" })], {
    pods,
  })
  assert.equal(await says(oracle, where, web), ['+ e:profile:a i:profile:a'])
})

asked('drops tunnels that a pod opens, before any policy', async (oracle) => {
  const open = globalPolicy('p', { types: ['Egress'], egress: [{ action: 'Allow' }] })
  const flows: ReadonlyArray<Flow> = [
    ['shop/a', '192.0.2.1', 'UDP', 4789],
    ['shop/a', '192.0.2.1', 4],
  ]
  assert.equal(await says(oracle, smallWorld([open]), ...flows), ['- e:encapsulated:d', '- e:encapsulated:d'])
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
    smallWorld([slice, policy('p', { egress: [{ action: 'Allow', destination: { services } }] })])
  assert.equal(await says(oracle, allowing({ name: 'web', namespace: 'shop' }), web), [
    '+ e:shop/default.p:0:a i:profile:a',
  ])
  assert.equal(await says(oracle, allowing({ name: 'web' }), web), ['- e:end:d'])
})

asked('refuses a world that Calico would', async (oracle) => {
  const answers = await oracle.ask(
    [policy('p', { order: 'first' }), policy('a.b', {}), { kind: 'Tier', metadata: { name: 't' } }].map(
      (it) => ({
        op: 'flows' as const,
        world: smallWorld([it]),
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
