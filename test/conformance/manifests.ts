import type { DescribedNode } from '../../src/policy/index.js'
import { felixOf } from './felix-parameters.js'
import type { Manifest, Node, Pod, World } from './flow-case.js'

/** A world's objects as a cluster has them. */
export interface Manifests {
  readonly resources: ReadonlyArray<Manifest>
  readonly namespaces: ReadonlyArray<Manifest>
  readonly serviceAccounts: ReadonlyArray<Manifest>
  readonly pods: ReadonlyArray<Manifest>
  /** With their interfaces, of which Kubernetes knows nothing. */
  readonly nodes: ReadonlyArray<Manifest | DescribedNode>
  readonly endpointSlices: ReadonlyArray<Manifest>
}

export const manifestsOf = (world: World): Manifests => {
  const all = world.resources.map((it) => ({ apiVersion: 'projectcalico.org/v3', ...it }))
  const isSlice = ({ kind }: Manifest): boolean => kind === 'EndpointSlice'
  return {
    resources: [...all.filter((it) => !isSlice(it)), ...felixOf(world)],
    endpointSlices: all.filter(isSlice),
    namespaces: world.namespaces.map(({ name, labels = {} }) => core('Namespace', { name, labels })),
    serviceAccounts: world.serviceAccounts.map(({ namespace, name, labels = {} }) =>
      core('ServiceAccount', { namespace, name, labels }),
    ),
    pods: world.pods.map(podOf),
    nodes: (world.nodes ?? []).flatMap((node) => [nodeOf(node), describedOf(node)]),
  }
}

const core = (kind: string, metadata: object, rest: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata,
  ...rest,
})

const podOf = ({ namespace, name, labels = {}, ips, serviceAccount, node, ports = [] }: Pod): Manifest =>
  core(
    'Pod',
    { namespace, name, labels },
    {
      spec: {
        nodeName: node,
        serviceAccountName: serviceAccount,
        containers: [
          {
            name: 'main',
            ports: ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol })),
          },
        ],
      },
      status: { phase: 'Running', podIP: ips[0], podIPs: ips.map((ip) => ({ ip })) },
    },
  )

const describedOf = ({ name, interfaces }: Node): DescribedNode => ({
  _tag: 'Node',
  name,
  interfaces: Object.fromEntries(interfaces.map((it) => [it.name, it.ips])),
})

const nodeOf = ({ name, interfaces }: Node): Manifest =>
  core(
    'Node',
    { name },
    {
      status: {
        addresses: interfaces.flatMap(({ ips }) => ips.map((address) => ({ type: 'InternalIP', address }))),
      },
    },
  )
