import type { Manifest, Node, Pod, World } from './world.js'

/** A world's objects as a cluster has them. */
export interface Manifests {
  readonly resources: ReadonlyArray<Manifest>
  readonly namespaces: ReadonlyArray<Manifest>
  readonly serviceAccounts: ReadonlyArray<Manifest>
  readonly pods: ReadonlyArray<Manifest>
  readonly nodes: ReadonlyArray<Manifest>
  readonly endpointSlices: ReadonlyArray<Manifest>
}

export const manifestsOf = (world: World): Manifests => {
  const all = world.resources.map((it) => ({ apiVersion: 'projectcalico.org/v3', ...it }))
  const isSlice = ({ kind }: Manifest): boolean => kind === 'EndpointSlice'
  return {
    resources: all.filter((it) => !isSlice(it)),
    endpointSlices: all.filter(isSlice),
    namespaces: world.namespaces.map(({ name, labels = {} }) => core('Namespace', { name, labels })),
    serviceAccounts: world.serviceAccounts.map(({ namespace, name, labels = {} }) =>
      core('ServiceAccount', { namespace, name, labels }),
    ),
    pods: world.pods.map(podOf),
    nodes: (world.nodes ?? []).map(nodeOf),
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
