import fc from 'fast-check'
import type { Node, Pod, World } from '../../flow-case.js'
import {
  accountNames,
  calicoLabels,
  kubernetesLabels,
  namespaceNames,
  nodeNames,
  portNames,
  ports,
  seldom,
  someOf,
  value,
} from './words.js'

/** All of them, so that no policy lies in a namespace that is not there. */
export const namespaces: fc.Arbitrary<World['namespaces']> = fc
  .tuple(...namespaceNames.map(() => kubernetesLabels))
  .map((all) => all.map((labels, i) => ({ name: namespaceNames[i] ?? '', labels })))

const accounts = namespaceNames.flatMap((namespace) => accountNames.map((name) => ({ namespace, name })))
export const serviceAccounts: fc.Arbitrary<World['serviceAccounts']> = fc
  .tuple(...accounts.map(() => fc.option(kubernetesLabels, { freq: 3 })))
  .map((all) => all.flatMap((labels, i) => (labels && accounts[i] ? [{ ...accounts[i], labels }] : [])))

/** Names more than once, of one protocol and of several. */
const podPorts = fc.array(
  fc.record({
    name: fc.constantFrom(...portNames),
    port: fc.constantFrom(...ports),
    protocol: fc.constantFrom('TCP', 'TCP', 'UDP', 'SCTP'),
  }),
  { maxLength: 3 },
)

const pod = (i: number): fc.Arbitrary<Pod> =>
  fc
    .record({
      namespace: fc.constantFrom(...namespaceNames),
      labels: kubernetesLabels,
      families: fc.constantFrom([4], [4, 6], [4, 6], [6, 4], [6]),
      serviceAccount: fc.constantFrom(...accountNames),
      node: fc.constantFrom(...nodeNames),
      ports: podPorts,
    })
    .map(({ families, ...rest }) => ({
      ...rest,
      name: `p${i}`,
      ips: families.map((family) => (family === 4 ? `10.0.0.${i}` : `fd00::${i}`)),
    }))

export const pods: fc.Arbitrary<ReadonlyArray<Pod>> = fc
  .integer({ min: 3, max: 7 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => pod(i + 1))))

export const nodes: ReadonlyArray<Node> = nodeNames.map((name, i) => ({
  name,
  interfaces: [
    { name: 'eth0', ips: [`192.168.0.${i + 1}`, `fd10::${i + 1}`] },
    { name: 'eth1', ips: [`172.16.0.${i + 1}`] },
  ],
}))

const addresses = nodes.flatMap(({ name, interfaces }) => interfaces.map(({ ips }) => ({ name, ips })))

/** Named, by addresses, or for all interfaces: several of a node, and some whose node is gone. */
export const hostEndpoint = fc
  .record({
    name: fc.constantFrom('h0', 'h1', 'x2', 'x3', 'z1', 'z2'),
    node: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...nodeNames) },
      { weight: 1, arbitrary: fc.constant('n9') },
    ),
    interfaceName: fc.constantFrom(
      '*',
      '*',
      'eth0',
      'eth0',
      'eth0',
      'eth1',
      'eth1',
      'eth7',
      'lo',
      undefined,
      undefined,
    ),
    labels: fc
      .tuple(calicoLabels, fc.record({ host: value }, { requiredKeys: [] }))
      .map(([own, host]) => ({ ...own, ...host })),
    ips: someOf(addresses.flatMap(({ ips }) => ips)),
    withIps: fc.boolean(),
    profile: seldom(fc.constant(true), 1),
    ports: seldom(podPorts),
  })
  .map(({ name, node, interfaceName, labels, ips, withIps, profile, ports }) => ({
    kind: 'HostEndpoint',
    metadata: { name, labels },
    spec: {
      node,
      interfaceName,
      expectedIPs: withIps || interfaceName === undefined ? ips : undefined,
      profiles: profile ? ['projectcalico-default-allow'] : undefined,
      ports,
    },
  }))
