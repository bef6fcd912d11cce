import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inputsOf } from '../../examples/karydia/src/inputs.js'
import { policies } from '../../examples/karydia/src/policies.js'
import { render } from '../../examples/karydia/src/render.js'
import { apply, cleanup } from '../../examples/karydia/src/run.js'
import { check, orThrow } from '../../src/index.js'
import { compile, lint } from '../../src/policy/index.js'
import { storageType } from '../../src/runner/state/stored-resource.js'
import { memoryCluster } from '../../src/testing/index.js'
import { switchedOn } from './rendered.js'

const tests = suite("karydia's recipes for hosts")

const all = {
  autoCreate: true,
  protectFrom: ['203.0.113.0/24'],
  failsafeFrom: '203.0.113.0/24',
  nodePortsFrom: ['198.51.100.0/24'],
  apiServer: ['192.0.2.1/32'],
  egressTo: ['192.0.2.64/26'],
  metadataFromNodesOnly: true,
}

const inputs = (hosts: object, calico: object = {}) => {
  const { config, ...values } = switchedOn({ level: 'L1', clusterCIDR: '100.64.0.0/10', hosts, ...calico })
  return inputsOf({ ...values, config: { ...config, cloudProvider: 'AWS' } })
}

const automatic = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'KubeControllersConfiguration',
  metadata: { name: 'default' },
  spec: { controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } } },
}
const nodes = [
  { _tag: 'Node', name: 'n1', ips: ['10.250.0.1'] },
  { _tag: 'Node', name: 'n2', ips: ['10.250.0.2'] },
]
const pods = [
  { _tag: 'Workload', namespace: 'kube-system', name: 'web', node: 'n1', ip: '100.96.0.7' },
  { _tag: 'Workload', namespace: 'kube-system', name: 'other', node: 'n2', ip: '100.96.0.8' },
]

const worldOf = (calico: string) =>
  orThrow(compile({ resources: [automatic, ...policies(inputs(all), calico)], nodes, pods }))

const tcp = { protocol: 'TCP', sourcePort: 40000 } as const

for (const calico of ['3.28', '3.31']) {
  tests(`let through whom the values name, and nobody else, in Calico ${calico}`, () => {
    const world = worldOf(calico)
    const decision = (from: string, to: string, port: number, more: object = {}) =>
      world.verdict({ from, to, port, ...tcp, ...more }).decision
    const nodePort = { beforeDNAT: { ip: '10.250.0.1', port: 30080 } }
    assert.equal(
      [
        decision('203.0.113.9', 'node:n1', 10250),
        decision('198.51.100.7', 'node:n1', 10250),
        decision('node:n2', 'node:n1', 10250),
        decision('node:n1', 'node:n1', 10250),
        decision('198.51.100.7', 'kube-system/web', 8080, nodePort),
        decision('203.0.113.9', 'kube-system/web', 8080, nodePort),
        decision('node:n1', '192.0.2.1', 443),
        decision('node:n1', '192.0.2.70', 8443),
        decision('node:n1', '192.0.2.200', 443),
        decision('kube-system/other', '169.254.169.254', 80),
        decision('node:n1', '169.254.169.254', 80),
      ],
      [
        'allowed',
        'denied',
        'allowed',
        'allowed',
        'allowed',
        'denied',
        'allowed',
        'allowed',
        'denied',
        'denied',
        'allowed',
      ],
    )
  })

  tests(`pass Calico's checks, and what lint knows of hosts, in ${calico}`, () => {
    const resources = policies(inputs(all), calico)
    for (const it of resources) orThrow(check(it, { calico }))
    const world = { resources: [automatic], nodes, pods }
    assert.equal(
      lint(resources, { world }).map(({ rule, resource }) => `${rule} ${resource}`),
      [],
    )
  })
}

const theirs = {
  controllers: { node: { hostEndpoint: { autoCreate: 'Disabled' }, leakGracePeriod: '15m0s' } },
}
const felix = { logSeverityScreen: 'Info' }
const [controllers, felixes] = [
  storageType('KubeControllersConfiguration'),
  storageType('FelixConfiguration'),
]

const clusterWithTheirs = () =>
  memoryCluster({
    namespaces: ['karydia', 'shop'],
    namespace: 'karydia',
    objects: [
      [controllers.kind, theirs],
      [felixes.kind, felix],
    ].map(([kind, spec]) => ({
      apiVersion: 'crd.projectcalico.org/v1',
      kind: String(kind),
      metadata: { name: 'default' },
      spec,
    })),
  })

type MemoryCluster = ReturnType<typeof clusterWithTheirs>

const specsOf = async (cluster: MemoryCluster) =>
  Promise.all(
    [controllers, felixes].map(async (type) => orThrow(await cluster.get({ type, name: 'default' })()).spec),
  )

const never = new AbortController().signal

tests('have Calico make host endpoints, and an uninstall puts back what was set before', async () => {
  const cluster = clusterWithTheirs()
  await apply(cluster, inputs(all), never)
  const [now, ports] = await specsOf(cluster)
  const { node } = theirs.controllers
  assert.equal(now, { controllers: { node: { ...node, hostEndpoint: { autoCreate: 'Enabled' } } } })
  assert.is(Object(ports).failsafeInboundHostPorts.length, 18)
  const { left, restored } = await cleanup(cluster, inputs(all), never)
  assert.equal([left, restored.length], [[], 2])
  assert.equal(await specsOf(cluster), [theirs, felix])
})

tests('put it back by an upgrade that does not want it any more', async () => {
  const cluster = clusterWithTheirs()
  await apply(cluster, inputs(all), never)
  await apply(cluster, inputs({}), never)
  assert.equal(await specsOf(cluster), [theirs, felix])
})

tests('are refused where a value is misspelt, or nodes would not reach the API server', () => {
  assert.throws(() => inputs({ autocreate: true }), /hosts.autocreate is not known/)
  assert.throws(() => inputs({ egressTo: ['192.0.2.64/26'] }), /needs apiServer/)
})

tests('render no manifest that would replace what is not the release’s', () => {
  const of = (hosts: object) => inputs(hosts, { mode: 'rendered', version: '3.28' })
  assert.throws(() => render(of(all)), /with mode rendered, set them yourself/)
  assert.match(render(of({ ...all, autoCreate: false, failsafeFrom: [] })), 'karydia-host-egress')
})

tests.run()
