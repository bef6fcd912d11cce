import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../src/cluster/port.js'
import { nodes, pods } from '../../src/cluster/resource-types.js'
import { globalNetworkPolicy } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { memoryCluster } from '../../src/testing/index.js'
import { bad, ok, type as typeOf } from '../cluster/contract-ground.js'

const memory = suite('memoryCluster with Calico')

const information = typeOf('crd.projectcalico.org', 'clusterinformations', 'ClusterInformation', false)

memory('has the kinds and the version of Calico 3.28.5', async () => {
  const cluster = memoryCluster()
  const { resources } = ok(await cluster.group('crd.projectcalico.org')())
  assert.ok(resources.includes('globalnetworkpolicies'))
  assert.not(resources.includes('tiers'))
  const { spec } = ok(await cluster.get({ type: information, name: 'default' })())
  assert.equal(spec, { calicoVersion: 'v3.28.5', clusterType: 'k8s,kdd', datastoreReady: true })
})

memory('has those of another Calico, or none', async () => {
  const newer = ok(await memoryCluster({ calico: '3.30.2' }).group('crd.projectcalico.org')())
  assert.ok(newer.resources.includes('tiers') && newer.resources.includes('stagednetworkpolicies'))
  const older = ok(await memoryCluster({ calico: '3.20.0' }).group('crd.projectcalico.org')())
  assert.not(older.resources.includes('bgpfilters'))
  bad(await memoryCluster({ calico: false }).group('crd.projectcalico.org')(), 'NotFound')
})

memory('has the namespaces that it is told to have', async () => {
  const cluster = memoryCluster({ namespaces: ['default', 'shop', 'shop'] })
  ok(await cluster.get({ type: typeOf('', 'namespaces', 'Namespace', false), name: 'shop' })())
})

const worker = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'worker', labels: { zone: 'a' } },
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110' } },
}
const web = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: { nodeName: 'worker', containers: [{ name: 'web', image: 'web:1' }] },
  status: { phase: 'Running', podIP: '10.244.1.7', podIPs: [{ ip: '10.244.1.7' }] },
}

memory('has the nodes and pods that it is given, and leaves a running pod as it is', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'], objects: [worker, web] })
  await new Promise((resolve) => setTimeout(resolve, 50))
  const { items } = ok(await cluster.list(nodes)())
  assert.equal(
    items.map(({ metadata }) => metadata.name),
    ['worker'],
  )
  const { status } = ok(await cluster.get({ type: pods, name: 'web', namespace: 'shop' })())
  assert.equal(status, web.status)
})

memory('with the endpoints of the API server, shows what cuts a pod off from it', async () => {
  const server = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'kubernetes', namespace: 'default' },
    subsets: [{ addresses: [{ ip: '192.0.2.10' }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] }],
  }
  const closed = globalNetworkPolicy('closed').denyEgress({})
  const apply = (objects: ReadonlyArray<KubeObject>) =>
    createRunner({ owner: 'own', cluster: memoryCluster({ objects }) }).te.apply([closed])()
  const refused = await apply([server])
  assert.is(refused._tag === 'Left' && refused.left._tag, 'Lockout')
  assert.is((await apply([]))._tag, 'Right', 'nothing is proven of a server that is not known')
})

memory.run()
