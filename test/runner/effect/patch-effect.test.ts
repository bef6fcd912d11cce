import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { globalNetworkPolicy, patch } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { failureOf } from '../observe.js'

const tests = suite('what fields that are set in what others own do')

const node = (name: string, address: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/hostname': name } },
  status: { addresses: [{ type: 'InternalIP', address }], conditions: [{ type: 'Ready', status: 'True' }] },
})

const objects: ReadonlyArray<KubeObject> = [
  node('control', '192.0.2.1'),
  node('worker', '192.0.2.2'),
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'kubernetes.io/service-name': 'kubernetes' },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['192.0.2.1'] }],
    ports: [{ port: 6443, protocol: 'TCP' }],
  },
  {
    apiVersion: 'projectcalico.org/v3',
    kind: 'KubeControllersConfiguration',
    metadata: { name: 'default' },
    // Of a release that is not known yet.
    spec: { ofTomorrow: true, controllers: { node: { hostEndpoint: { autoCreate: 'Disabled' } } } },
  },
]

const closed = globalNetworkPolicy('closed').denyIngress({ protocol: 'TCP', destination: { ports: [10250] } })
const enabled = patch('KubeControllersConfiguration', 'default', {
  controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
})

const known = objects.map((it) =>
  it.kind === 'KubeControllersConfiguration' ? { ...it, spec: { controllers: {} } } : it,
)

/** Of a cluster on which somebody else has policies already, which so far select no host. */
const clusterWith = async (policies: ReadonlyArray<unknown>, there: ReadonlyArray<KubeObject>) => {
  const cluster = memoryCluster({ namespaces: ['shop'], calico: '3.32.1', native: true, objects: there })
  await createRunner({ owner: 'base', cluster, transport: 'api', lockout: 'ignore' }).apply(policies)
  return createRunner({ owner: 'ours', cluster, transport: 'api' })
}

tests('is refused where it cuts nodes off, by the policies that are there', async () => {
  const runner = await clusterWith([closed], known)
  const failure = failureOf(await runner.te.apply([enabled])())
  assert.ok(
    failure._tag === 'Lockout' &&
      failure.cuts?.includes('the API server off from the kubelet of node worker'),
  )
  const { connectivity } = await runner.plan([enabled], { connectivity: true })
  assert.ok((connectivity?.changes.length ?? 0) > 0)
})

tests('is not that others lose fields of a release that is not known', async () => {
  const runner = await clusterWith([], objects)
  const { items } = await runner.apply([enabled])
  assert.equal(
    items.map(({ outcome }) => outcome),
    ['set'],
  )
  const { restored } = await runner.cleanup()
  assert.is(restored.length, 1)
})

tests('are told by plan as lint says them of hosts', async () => {
  const runner = await clusterWith([], known)
  const direct = globalNetworkPolicy('direct')
    .selector('has(kubernetes.io/hostname)')
    .applyOnForward()
    .doNotTrack()
    .allowIngress({})
  const found = async (...resources: ReadonlyArray<unknown>) =>
    (await runner.plan(resources, { connectivity: true })).findings.map(({ rule }) => rule)
  assert.equal(await found(direct), [])
  assert.equal(await found(direct, enabled), ['untracked-on-all-interfaces'])
})

tests.run()
