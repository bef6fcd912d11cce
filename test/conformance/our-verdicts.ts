import { orThrow } from '../../src/error.js'
import { compile, type Decision, type Packet, type PeerFlow, type Workload } from '../../src/policy/index.js'
import type { Case } from './generate/world/case.js'
import type { Flow, World } from './world.js'

/** What we say of each flow of a case. */
export const ourVerdicts = ({ world, flows }: Case): ReadonlyArray<Decision> => {
  const compiled = orThrow(
    compile(
      {
        resources: world.resources.map((it) => ({ apiVersion: 'projectcalico.org/v3', ...it })),
        namespaces: world.namespaces.map(({ name, labels = {} }) => ({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name, labels },
        })),
        serviceAccounts: world.serviceAccounts.map(({ name, namespace, labels = {} }) => ({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name, namespace, labels },
        })),
        pods: world.pods.map(podOf),
        nodes: (world.nodes ?? []).map(({ name, interfaces = [] }) => ({
          apiVersion: 'v1',
          kind: 'Node',
          metadata: { name },
          status: { addresses: interfaces.flatMap(({ ips = [] }) => ips.map((address) => ({ address }))) },
        })),
        endpointSlices: [],
      },
      { calico: '3.28' },
    ),
  )
  return flows.map((flow) => compiled.verdict(flowOf(world, flow)).decision)
}

const podOf = ({ namespace, name, labels = {}, serviceAccount, ips, ports = [] }: World['pods'][number]) =>
  ({
    _tag: 'Workload',
    namespace,
    name,
    labels,
    serviceAccount,
    ips,
    namedPorts: ports as NonNullable<Workload['namedPorts']>,
  }) satisfies Workload

const flowOf = (world: World, flow: Flow): PeerFlow => {
  const [from, to, , , , family = 4] = flow
  return {
    ...packetOf(flow),
    from: endOf(world, from, family ?? 4),
    to: endOf(world, to, family ?? 4),
    ipVersion: family ?? 4,
  }
}

const packetOf = ([, , protocol, port, sourcePort]: Flow): Packet => {
  const named = protocol as Packet['protocol']
  if (protocol === 'ICMP' || protocol === 'ICMPv6')
    return { protocol: named, icmp: { type: port ?? 0, code: sourcePort ?? 0 } }
  return port === null || port === undefined
    ? { protocol: named }
    : { protocol: named, port, sourcePort: sourcePort ?? 40000 }
}

const endOf = ({ nodes = [] }: World, name: string, family: 4 | 6): string => {
  if (!name.startsWith('node:')) return name
  const [node, iface] = name.slice('node:'.length).split('/')
  const interfaces = nodes.find((it) => it.name === node)?.interfaces ?? []
  const ips = interfaces.find((it) => it.name === iface)?.ips ?? []
  return ips.find((ip) => ip.includes(':') === (family === 6)) ?? ''
}
