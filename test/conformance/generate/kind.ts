import fc from 'fast-check'
import type { Kind } from '../oracle.js'
import { metadata } from './metadata.js'
import { globalNetworkPolicy, networkPolicy } from './policy.js'
import { type Pool, rarely } from './pool.js'
import { fromShape } from './shape.js'
import * as values from './values.js'

/** Specs that Calico takes: what a kind requires is there, and more fields are laid over it. */
const seeds: Readonly<Record<string, ReadonlyArray<object>>> = {
  NetworkSet: [{ nets: ['10.0.0.0/8', '10.0.0.1'] }, {}],
  GlobalNetworkSet: [{ nets: ['fd00::/8'] }, {}],
  HostEndpoint: [
    { node: 'node1', interfaceName: 'eth0' },
    {
      node: 'node1',
      expectedIPs: ['10.0.0.1', 'fd00::1'],
      ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
    },
    { node: 'node1', interfaceName: '*', profiles: ['a', 'b.c'] },
  ],
  IPPool: [
    { cidr: '10.0.0.0/16' },
    { cidr: '10.0.0.0/16', ipipMode: 'Always', natOutgoing: true, blockSize: 26 },
    { cidr: 'fd00::/48', blockSize: 122 },
    {
      cidr: '10.0.0.0/16',
      vxlanMode: 'CrossSubnet',
      nodeSelector: 'all()',
      allowedUses: ['Workload', 'Tunnel'],
    },
  ],
  IPReservation: [{ reservedCIDRs: ['10.0.0.0/30', '10.0.0.9'] }],
  BGPConfiguration: [
    { asNumber: 64512, nodeToNodeMeshEnabled: false, logSeverityScreen: 'Info' },
    {
      communities: [{ name: 'c', value: '64512:1' }],
      prefixAdvertisements: [{ cidr: '10.0.0.0/24', communities: ['c', '1:2:3'] }],
    },
    { serviceClusterIPs: [{ cidr: '10.96.0.0/12' }], listenPort: 179 },
  ],
  BGPPeer: [
    { peerIP: '10.0.0.1', asNumber: 64512 },
    { peerIP: '10.0.0.1:179', asNumber: '64512', node: 'node1' },
    { peerSelector: 'a == "b"', nodeSelector: 'all()' },
    {
      peerIP: 'fd00::1',
      asNumber: 1,
      password: { secretKeyRef: { name: 'a', key: 'b' } },
      sourceAddress: 'None',
    },
  ],
  BGPFilter: [
    { exportV4: [{ action: 'Accept', cidr: '10.0.0.0/8', matchOperator: 'In' }] },
    {
      importV6: [
        {
          action: 'Reject',
          cidr: 'fd00::/8',
          matchOperator: 'Equal',
          interface: 'eth*',
          source: 'RemotePeers',
        },
      ],
    },
  ],
  FelixConfiguration: [
    {},
    {
      logSeverityScreen: 'Info',
      reportingInterval: '0s',
      failsafeInboundHostPorts: [{ protocol: 'tcp', port: 22 }],
    },
  ],
  KubeControllersConfiguration: [
    {
      controllers: {
        node: { reconcilerPeriod: '5m', syncLabels: 'Enabled', hostEndpoint: { autoCreate: 'Disabled' } },
      },
    },
    { logSeverityScreen: 'Info', healthChecks: 'Enabled', controllers: {} },
  ],
  Node: [{ bgp: { ipv4Address: '10.0.0.1/24', asNumber: 64512 } }],
  Profile: [{ labelsToApply: { a: 'b' } }],
  WorkloadEndpoint: [
    {
      node: 'n',
      orchestrator: 'k8s',
      pod: 'p',
      endpoint: 'eth0',
      interfaceName: 'cali1',
      ipNetworks: ['10.0.0.1/32'],
    },
  ],
  ClusterInformation: [{ datastoreReady: true }],
}

/** Kinds of which there is one, with a fixed name. */
const single = ['KubeControllersConfiguration', 'BGPConfiguration', 'FelixConfiguration']
const onlyDefault: Pool = {
  good: ['default'],
  near: [...values.name.good, 'node.node1', 'node.', 'node.A', 'Default'],
}

const manifest = (kind: string, { namespaced, shape }: Kind): fc.Arbitrary<object> => {
  const spec = shape.fields?.spec
  const status = shape.fields?.status
  return fc
    .record({
      metadata: metadata(namespaced, single.includes(kind) ? onlyDefault : values.name),
      seed: fc.constantFrom(...(seeds[kind] ?? [{}])),
      more: spec === undefined ? fc.constant(undefined) : fc.option(fromShape(spec), { nil: undefined }),
      status: status === undefined ? fc.constant(undefined) : rarely(fromShape(status)),
    })
    .map(({ metadata, seed, more, status }) => ({
      apiVersion: 'projectcalico.org/v3',
      kind,
      metadata,
      spec: { ...seed, ...(more as object | undefined) },
      ...(status === undefined ? {} : { status }),
    }))
}

/** A policy of which every field is drawn by itself: the combinations that no person would write. */
const wildPolicy = (kind: string, { namespaced, shape }: Kind): fc.Arbitrary<object> => {
  const spec = shape.fields?.spec
  return fc
    .record({
      metadata: metadata(namespaced, values.policyName),
      spec: spec === undefined ? fc.constant({}) : fromShape(spec),
    })
    .map((fields) => ({ apiVersion: 'projectcalico.org/v3', kind, ...fields }))
}

const weights: Readonly<Record<string, number>> = {
  NetworkSet: 6,
  GlobalNetworkSet: 6,
  HostEndpoint: 8,
  ClusterInformation: 1,
}

/** A manifest of any kind that calicoctl knows; four of five are policies. */
export const anyKind = (kinds: Readonly<Record<string, Kind>>): fc.Arbitrary<object> =>
  fc.oneof(
    { weight: 90, arbitrary: networkPolicy },
    { weight: 90, arbitrary: globalNetworkPolicy },
    ...Object.entries(kinds).map(([kind, known]) =>
      kind.endsWith('NetworkPolicy')
        ? { weight: 6, arbitrary: wildPolicy(kind, known) }
        : { weight: weights[kind] ?? 3, arbitrary: manifest(kind, known) },
    ),
  )
