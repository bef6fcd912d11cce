// @alone
import * as TE from 'fp-ts/lib/TaskEither.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import type { Cluster, KubeObject, ObjectList } from '../../src/cluster/port.js'
import { globalNetworkPolicy, resource } from '../../src/index.js'
import { createRunner, type Runner } from '../../src/runner/runner.js'
import { failureOf } from '../runner/observe.js'
import { becomes } from './becomes.js'
import { binaryOf } from './clients.js'
import { labTests } from './lab.js'
import { nodeEndpoint } from './node-endpoint.js'
import { placeOf } from './place.js'
import type { Target } from './pods.js'
import { readRecord } from './record.js'

/*
 * What the Runner refuses for the sake of VXLAN, WireGuard and Typha does stop packets on these ports. A second node is one
 * outside of the lab's own, behind a link. Pools and WireGuard would restart Felix for all who share the lab, so the Runner is
 * shown a cluster that has them.
 */
const peerings = suite('what nodes of Calico say to each other, with real packets')
const onLab = await labTests(peerings)

const id = `node-peerings-${process.pid}`
const link = { interface: 'peer0', node: '203.0.113.245', ip: '203.0.113.246' }

/** The same cluster with more objects in its lists. */
const asIf = (cluster: Cluster, more: ReadonlyArray<KubeObject>): Cluster => ({
  ...cluster,
  list: (type, options) =>
    TE.map((found: ObjectList) => ({
      ...found,
      items: [...found.items, ...more.filter(({ kind }) => kind === type.kind)],
    }))(cluster.list(type, options)),
})

const stored = (kind: string, name: string, spec: object): KubeObject => ({
  apiVersion: 'crd.projectcalico.org/v1',
  kind,
  metadata: { name },
  spec,
})
const vxlan = stored('IPPool', 'pods', { cidr: '10.244.0.0/16', ipipMode: 'Never', vxlanMode: 'Always' })
const wireguard = stored('FelixConfiguration', 'default', { wireguardEnabled: true })

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: id },
  spec: { unschedulable: true },
  status: { addresses: [{ type: 'InternalIP', address: link.ip }] },
}
const typha = (address: string) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: id,
    namespace: 'kube-system',
    labels: { 'kubernetes.io/service-name': 'calico-typha' },
  },
  addressType: 'IPv4',
  endpoints: [{ addresses: [address] }],
  ports: [{ port: 5473, protocol: 'TCP' }],
})

onLab(
  'refuses what stops VXLAN, WireGuard or Typha, and passes it where they are not in use',
  async (lab) => {
    const record = await readRecord(placeOf())
    if (record === undefined) return assert.unreachable('the lab is not up')
    const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
    const transport = { calicoctl: binaryOf(record, 'calicoctl') }
    const runner = (owner: string, on: Cluster, lockout: 'refuse' | 'ignore' = 'refuse'): Runner =>
      createRunner({ owner, cluster: on, transport, lockout, timeoutMs: 60_000 })
    const create = async (object: object): Promise<void> => {
      const { code, stderr } = await lab.kubectl(['create', '-f', '-'], JSON.stringify(object))
      assert.is(code, 0, stderr)
    }
    const ports = ['udp/4789', 'udp/51820', 'tcp/5473'] as const
    const outsiders = await lab.outsiders([link], ports)
    const reach = (target: Target) => () => outsiders.probe(0, target)
    const endpoint = nodeEndpoint(id, lab.node)
    const policy = globalNetworkPolicy(id).order(1).selector(`test == '${id}'`)
    const refused = async (on: Cluster, wanted: object, chain: string): Promise<ReadonlyArray<string>> => {
      const failure = failureOf(await runner(id, on).te.apply([wanted])())
      if (failure._tag !== 'Lockout') throw new Error(`${failure._tag}: ${failure.message}`)
      assert.match(
        failure.message,
        `GlobalNetworkPolicy(${id}), ingress rule 0, in the ${chain} chain (ingress) of HostEndpoint(${id}) on node lab`,
      )
      assert.equal((await runner(id, on).plan([wanted])).lockout, failure)
      return failure.cuts ?? []
    }
    try {
      await lab.kubectl(['create', 'namespace', id])
      await lab.pods([{ namespace: id, name: 'process', serves: ports, hostNetwork: true }])
      await create(node)
      await runner(`${id}-host`, cluster).apply([endpoint])
      for (const [name, port, used] of [
        ['VXLAN', 4789, vxlan],
        ['WireGuard', 51820, wireguard],
      ] as const) {
        const target: Target = `udp/${link.node}:${port}`
        const denied = (it: number) =>
          policy
            .applyOnForward()
            .preDNAT()
            .denyIngress({ protocol: 'UDP', destination: { ports: [it] } })
        const on = asIf(cluster, [used])
        assert.equal(await refused(on, denied(port), 'preDNAT'), [
          `node lab off from ${name} of node ${id} (UDP ${port})`,
        ])
        await runner(id, on).apply([denied(port + 1)])
        await becomes(reach(target), ['reachable'])
        // It is not in use here, and nobody holds it against the policy.
        await runner(id, cluster).apply([denied(port)])
        await becomes(reach(target), ['timed out'])
        await runner(id, cluster, 'ignore').cleanup()
        await becomes(reach(target), ['reachable'])
      }

      const target: Target = `tcp/${lab.node}:5473`
      const denied = (port: number) =>
        policy.denyIngress({ protocol: 'TCP', destination: { ports: [port] } }).allowIngress({})
      await runner(id, cluster).apply([denied(5473)])
      await becomes(reach(target), ['reachable'])
      const withoutTypha = resource('FelixConfiguration', 'node.lab', {
        failsafeInboundHostPorts: [22, 179, 2379, 2380, 6443].map((port) => ({ protocol: 'TCP', port })),
      })
      await create(typha(lab.node))
      const taken = failureOf(await runner(`${id}-host`, cluster).te.apply([withoutTypha])())
      assert.match(taken.message, /node \S+ off from Typha \(TCP 5473\)/)
      await runner(id, cluster).cleanup()
      await runner(`${id}-host`, cluster).apply([withoutTypha])
      assert.ok(
        (await refused(cluster, denied(5473), 'normal')).includes(`node ${id} off from Typha (TCP 5473)`),
      )
      await runner(id, cluster).apply([denied(5474)])
      await becomes(reach(target), ['reachable'])
      await runner(id, cluster, 'ignore').apply([denied(5473)])
      await becomes(reach(target), ['timed out'])
    } finally {
      await runner(id, cluster, 'ignore').cleanup()
      await runner(`${id}-host`, cluster, 'ignore').cleanup()
      await lab.kubectl(['delete', 'node', id, '--ignore-not-found'])
      await lab.kubectl(['delete', 'namespace', id, '--ignore-not-found', '--wait=false'])
      await lab.kubectl(['delete', 'endpointslice', id, '-n', 'kube-system', '--ignore-not-found'])
      await outsiders.end()
      cluster.close()
    }
  },
)

peerings.run()
