import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../../src/error.js'
import { compile } from '../../../../src/policy/compile.js'
import { anonymousWorld } from '../../../../src/policy/world/anonymous/anonymous-world.js'
import type { Workload } from '../../../../src/policy/world/flow.js'
import type { World } from '../../../../src/policy/world/world.js'
import { somePacket, somePod, someResources } from '../../random-flows.js'

const anonymous = suite('anonymous worlds')

const address = fc.constantFrom('10.0.0.2', '192.0.2.7', '192.0.2.77', '2001:db8::9', '203.0.113.1')

const kubernetesPolicy = fc
  .tuple(fc.constantFrom('shop', 'bank', 'shop-a'), fc.constantFrom('web', 'api'), fc.boolean())
  .map(([namespace, role, isOpen]) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${role}-${isOpen}`, namespace },
    spec: {
      podSelector: { matchExpressions: [{ key: 'role', operator: 'In', values: [role] }] },
      policyTypes: ['Ingress'],
      ingress: isOpen
        ? [
            {
              from: [
                { namespaceSelector: { matchLabels: { team: 'a' } } },
                { ipBlock: { cidr: '192.0.2.0/24' } },
              ],
            },
          ]
        : [],
    },
  }))

const someWorld: fc.Arbitrary<World & { readonly pods: ReadonlyArray<Workload> }> = fc
  .record({
    resources: fc.tuple(someResources, fc.array(kubernetesPolicy, { maxLength: 2 })).map((it) => it.flat()),
    pods: fc.array(somePod, { minLength: 2, maxLength: 4 }),
    namespaces: fc.constant(
      ['shop', 'bank', 'shop-a'].map((name) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { team: name === 'bank' ? 'a' : 'b' } },
      })),
    ),
    endpointSlices: fc.constantFrom([
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name: 'dns-1',
          namespace: 'kube-system',
          labels: { 'kubernetes.io/service-name': 'dns' },
        },
        endpoints: [{ addresses: ['192.0.2.7'] }],
        ports: [{ port: 80, protocol: 'TCP' }],
      },
    ]),
  })
  .map((world) => ({ ...world, pods: world.pods.map((pod, i) => ({ ...pod, name: `pod-${i}` })) }))

/** As `namespace/name`, which differs before and after. */
const namesOf = ({ pods = [] }: World): ReadonlyArray<string> =>
  (pods as ReadonlyArray<Workload>).map(({ namespace, name }) => `${namespace}/${name}`)

anonymous('answer the same, in the order of ties of either release', () => {
  fc.assert(
    fc.property(
      someWorld,
      fc.array(somePacket, { minLength: 1, maxLength: 4 }),
      address,
      fc.constantFrom('3.28', '3.32'),
      (world, packets, ip, calico) => {
        const { world: hidden, replacement } = anonymousWorld(world, calico === '3.32')
        const [plain, other] = [world, hidden].map((it) => orThrow(compile(it, { calico })))
        const ends = [...namesOf(world), ip]
        const hiddenEnds = [...namesOf(hidden), replacement.address(ip) ?? '']
        for (const [i, from] of ends.entries())
          for (const [j, to] of ends.entries())
            for (const packet of packets) {
              const before = plain?.verdict({ from, to, ...packet })
              const after = other?.verdict({ from: hiddenEnds[i] ?? '', to: hiddenEnds[j] ?? '', ...packet })
              assert.is(after?.decision, before?.decision)
              assert.is(after?.reasons.length, before?.reasons.length)
            }
      },
    ),
    { numRuns: 80 },
  )
})

anonymous('hold no name, label or address of the world', () => {
  const secret = /acme|10\.20\.|2001:db8|payments|alice|checkout|ledger/
  const manifest = (kind: string, metadata: object, more: object = {}, apiVersion = 'v1') => ({
    apiVersion,
    kind,
    metadata,
    ...more,
  })
  const calico = (kind: string, metadata: object, spec: object) =>
    manifest(kind, metadata, { spec }, 'projectcalico.org/v3')
  const world: World = {
    namespaces: [
      manifest('Namespace', {
        name: 'payments',
        labels: { 'acme.com/team': 'ledger', 'kubernetes.io/metadata.name': 'payments' },
      }),
    ],
    serviceAccounts: [
      manifest('ServiceAccount', { name: 'alice', namespace: 'payments', labels: { who: 'alice' } }),
    ],
    pods: [
      manifest(
        'Pod',
        {
          name: 'checkout-1',
          namespace: 'payments',
          labels: { app: 'checkout', 'app.kubernetes.io/name': 'checkout' },
          ownerReferences: [
            { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'checkout', controller: true },
          ],
        },
        {
          spec: {
            nodeName: 'acme-node-1',
            serviceAccountName: 'alice',
            containers: [
              { name: 'checkout', image: 'acme/checkout', ports: [{ name: 'http', containerPort: 80 }] },
            ],
          },
          status: { podIPs: [{ ip: '10.20.0.7' }, { ip: '2001:db8::7' }] },
        },
      ),
    ],
    nodes: [
      { _tag: 'Node', name: 'acme-node-1', interfaces: { eth0: ['10.20.1.1'] } },
      manifest(
        'Node',
        {
          name: 'acme-node-1',
          labels: { 'kubernetes.io/hostname': 'acme-node-1' },
          annotations: { 'projectcalico.org/IPv4Address': '10.20.1.1/24', owner: 'acme' },
        },
        {
          status: {
            addresses: [
              { type: 'InternalIP', address: '10.20.1.1' },
              { type: 'Hostname', address: 'acme-node-1' },
            ],
          },
        },
      ),
    ],
    services: [
      manifest(
        'Service',
        { name: 'checkout', namespace: 'payments' },
        { spec: { clusterIP: '10.20.9.9', selector: { app: 'checkout' } } },
      ),
    ],
    endpointSlices: [
      manifest(
        'EndpointSlice',
        { name: 'checkout-x', namespace: 'payments', labels: { 'kubernetes.io/service-name': 'checkout' } },
        {
          endpoints: [
            {
              addresses: ['10.20.0.7'],
              nodeName: 'acme-node-1',
              targetRef: { kind: 'Pod', namespace: 'payments', name: 'checkout-1' },
            },
          ],
          ports: [{ port: 80 }],
        },
        'discovery.k8s.io/v1',
      ),
    ],
    resources: [
      calico('Tier', { name: 'acme' }, { order: 1 }),
      calico(
        'GlobalNetworkPolicy',
        { name: 'acme.checkout', annotations: { by: 'alice' } },
        {
          tier: 'acme',
          selector: "app == 'checkout' && pcns.projectcalico.org/name == 'payments' && has(acme.com/team)",
          ingress: [
            {
              action: 'Allow',
              metadata: { annotations: { note: 'alice' } },
              source: { nets: ['10.20.0.0/16'], notSelector: "app in {'checkout', 'ledger'}" },
              http: { paths: [{ exact: '/payments' }] },
            },
            {
              action: 'Allow',
              source: { serviceAccounts: { names: ['alice'], selector: "who == 'alice'" } },
            },
          ],
          egress: [
            { action: 'Allow', destination: { services: { name: 'checkout', namespace: 'payments' } } },
          ],
        },
      ),
      calico(
        'HostEndpoint',
        { name: 'acme-node-1-auto-hep' },
        { node: 'acme-node-1', expectedIPs: ['10.20.1.1'], profiles: ['kns.payments'] },
      ),
      calico(
        'FelixConfiguration',
        { name: 'node.acme-node-1' },
        { failsafeInboundHostPorts: [{ protocol: 'tcp', port: 22, net: '10.20.0.0/16' }] },
      ),
    ],
  }
  const { world: hidden } = anonymousWorld(world, false)
  const text = JSON.stringify(hidden)
  assert.not.match(text, secret)
  assert.match(text, /-auto-hep/)
  assert.match(text, /"name":"http"/)
  orThrow(compile(hidden))
})

anonymous('keep the values that a selector looks into', () => {
  const policy = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'a', namespace: 'shop' },
    spec: { selector: "app starts with 'web'", ingress: [] },
  }
  const pods: ReadonlyArray<Workload> = [
    { _tag: 'Workload', namespace: 'shop', name: 'a', labels: { app: 'web-1', role: 'web-1' } },
  ]
  const { world } = anonymousWorld({ resources: [policy], pods }, false)
  const [pod] = world.pods as ReadonlyArray<Workload>
  assert.is(pod?.labels?.app, 'web-1')
  assert.is(pod?.namespace === 'shop', false)
})

anonymous.run()
