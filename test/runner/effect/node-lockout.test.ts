import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, hostEndpoint, resource, tier } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { intercepted } from '../intercept.js'
import { failureOf } from '../observe.js'
import { clusterWith, endpoints, objects, pool, refusedOn } from './node-cluster.js'

const lockouts = suite('lockout of nodes')

const hosts = globalNetworkPolicy('hosts').order(10).selector('has(host)')

lockouts('names the policy, the rule, the chain and the node that cut a kubelet off', async () => {
  const cluster = await clusterWith(endpoints)
  const deny = hosts
    .selector("host == 'worker'")
    .denyIngress({ protocol: 'TCP', destination: { ports: [10250] } })
  const { message, policies, cuts } = await refusedOn(cluster, [deny.allowIngress({})])
  assert.equal(cuts, ['the API server off from the kubelet of node worker'])
  assert.equal(policies, ['GlobalNetworkPolicy(hosts)'])
  assert.match(
    message,
    /GlobalNetworkPolicy\(hosts\), ingress rule 0, in the normal chain \(ingress\) of HostEndpoint\(worker\) on node worker/,
  )
})

lockouts(
  'a failsafe port that is taken away cuts nodes off from the API server, each other and people',
  async () => {
    const all = hosts.types('Ingress', 'Egress').denyIngress({}).denyEgress({})
    const kept = [{ protocol: 'TCP' as const, port: 10250 }]
    const open = [...kept, { protocol: 'TCP' as const, port: 22 }, { protocol: 'TCP' as const, port: 179 }]
    const felix = (inbound: typeof open, outbound: typeof open) =>
      resource('FelixConfiguration', 'node.worker', {
        failsafeInboundHostPorts: inbound,
        failsafeOutboundHostPorts: outbound,
      })
    const cluster = await clusterWith([...endpoints, pool, all])
    const { cuts = [] } = await refusedOn(cluster, [felix(kept, kept)])
    for (const what of [
      'node worker off from the API server',
      'node worker off from SSH: its failsafe port was taken away',
      'node worker off from BGP of node control (TCP 179)',
    ])
      assert.ok(cuts.includes(what), `${what} is among ${cuts.join('; ')}`)
    const api = { protocol: 'TCP' as const, port: 6443 }
    const runner = createRunner({ owner: 'ours', cluster })
    await runner.apply([felix(open, [...open, api])])
  },
)

lockouts('the first endpoint of a host that denies what it does not know is judged', async () => {
  const cluster = await clusterWith([])
  const named = hostEndpoint('worker', 'worker').interfaceName('*').expectedIPs('192.0.2.2')
  const { cuts } = await refusedOn(cluster, [named])
  assert.ok(cuts?.includes('the API server off from the kubelet of node worker'))
})

lockouts(
  'automatic host endpoints are judged when they are enabled, by the policies that meet them',
  async () => {
    const auto = resource('KubeControllersConfiguration', 'default', {
      controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
    })
    const forAll = globalNetworkPolicy('closed').denyIngress({
      protocol: 'TCP',
      destination: { ports: [10250] },
    })
    const harmless = await clusterWith([])
    await createRunner({ owner: 'ours', cluster: harmless }).apply([auto])
    const { cuts } = await refusedOn(await clusterWith([forAll]), [auto])
    assert.ok(cuts?.includes('the API server off from the kubelet of node worker'))
  },
)

lockouts('a policy that leaves no pod its DNS is refused, and one that does is not', async () => {
  const deny = globalNetworkPolicy('deny-egress').selector('all()').types('Egress')
  const { cuts } = await refusedOn(await clusterWith([]), [deny])
  assert.equal(cuts, ['every pod off from DNS (kube-system/kube-dns)'])
  const dns = { protocol: 'UDP', destination: { selector: "k8s-app == 'kube-dns'", ports: [53] } } as const
  await createRunner({ owner: 'ours', cluster: await clusterWith([]) }).apply([deny.allowEgress(dns)])
})

lockouts('webhooks that fail closed keep their way from the API server, others may lose it', async () => {
  const configured = (failurePolicy: string) => async (request: { readonly path: string }) =>
    request.path.endsWith('/validatingwebhookconfigurations')
      ? {
          status: 200,
          headers: {},
          body: JSON.stringify({
            metadata: {},
            items: [
              {
                metadata: { name: 'hook' },
                webhooks: [
                  {
                    name: 'a.hook',
                    failurePolicy,
                    clientConfig: { service: { namespace: 'shop', name: 'hook' } },
                  },
                ],
              },
            ],
          }),
        }
      : undefined
  const closed = globalNetworkPolicy('hook').selector("app == 'hook'").denyIngress({})
  const refused = async (failurePolicy: string) => {
    const cluster = intercepted(await clusterWith([]), configured(failurePolicy))
    return createRunner({ owner: 'ours', cluster }).te.apply([closed])()
  }
  const failure = failureOf(await refused('Fail'))
  assert.is(failure._tag, 'Lockout')
  assert.match(
    failure.message,
    /the API server off from the webhook a\.hook \(service shop\/hook\), which fails closed/,
  )
  assert.is((await refused('Ignore'))._tag, 'Right')
})

lockouts('goes on where it is told to, and where it was so before', async () => {
  const cluster = await clusterWith(endpoints)
  const deny = hosts.denyIngress({ protocol: 'TCP', destination: { ports: [10250] } })
  await createRunner({ owner: 'ours', cluster, lockout: 'ignore' }).apply([deny])
  const after = deny.denyIngress({ protocol: 'UDP' })
  await createRunner({ owner: 'ours', cluster }).apply([after])
})

lockouts('it is the same for every way to write', async () => {
  const native = memoryCluster({ calico: '3.32.1', native: true, namespaces: ['shop'], objects })
  const base = createRunner({ owner: 'base', cluster: native, transport: 'api', lockout: 'ignore' })
  await base.apply([tier('security').order(1), ...endpoints])
  const deny = hosts.denyIngress({ protocol: 'TCP', destination: { ports: [10250] } })
  await refusedOn(native, [deny], { transport: 'api' })
})

lockouts('what may not be read proves nothing', async () => {
  const cluster = intercepted(await clusterWith(endpoints), async ({ path }) =>
    path === '/api/v1/nodes'
      ? {
          status: 403,
          headers: {},
          body: '{"kind":"Status","reason":"Forbidden","message":"no","details":{}}',
        }
      : undefined,
  )
  const deny = hosts.denyIngress({ protocol: 'TCP', destination: { ports: [10250] } })
  await createRunner({ owner: 'ours', cluster }).apply([deny])
})

lockouts.run()
