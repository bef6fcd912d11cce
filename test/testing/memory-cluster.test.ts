import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { memoryCluster } from '../../src/testing/index.js'
import { bad, ok, type as typeOf } from '../cluster/world.js'

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

memory.run()
