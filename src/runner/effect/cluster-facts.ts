import { isPlain } from '../../model/codec/json.js'
import type { Manifest } from '../../policy/world/manifest.js'
import type { WorldSnapshot } from '../world/world-snapshot.js'

/** A program that is reached at an address, as policies see it: a pod's where one stands behind it. */
export interface Backend {
  /** A pod as `shop/api`, or the address. */
  readonly peer: string
  readonly protocol: 'TCP' | 'UDP' | 'SCTP'
  readonly port: number
}

/** What of a cluster its own parts need to find each other. */
export interface ClusterFacts {
  readonly nodes: ReadonlyArray<string>
  /** Whether a node has an address of that version. */
  readonly hasAddress: (node: string, ipVersion: 4 | 6) => boolean
  readonly backendsOf: (namespace: string, service: string) => ReadonlyArray<Backend>
  /** The spec of a resource of Calico's, by kind and name; empty where there is none. */
  readonly specOf: (kind: string, name: string) => Readonly<Record<string, unknown>>
  readonly specsOf: (kind: string) => ReadonlyArray<Readonly<Record<string, unknown>>>
}

export const manifestsIn = (given: unknown): ReadonlyArray<Manifest> =>
  Array.isArray(given) ? (given as ReadonlyArray<Manifest>) : []

/** The addresses of a node: Kubernetes' own, and the one by which Calico's nodes find each other. */
const nodeAddresses = ({ metadata, status = {} }: Manifest): ReadonlyArray<unknown> => {
  const listed = Array.isArray(status.addresses) ? status.addresses.filter(isPlain) : []
  const { annotations = {} } = metadata
  const bgp = ([4, 6] as const).map((version) => annotations[`projectcalico.org/IPv${version}Address`])
  return [...listed.map(({ address }) => address), ...bgp]
}

const isOfVersion = (address: unknown, ipVersion: 4 | 6): boolean =>
  typeof address === 'string' && (ipVersion === 6 ? address.includes(':') : /^[\d./]+$/.test(address))

interface Slice extends Manifest {
  readonly endpoints?: unknown
  readonly ports?: unknown
}

const protocolOf = (text: unknown): Backend['protocol'] => (text === 'UDP' || text === 'SCTP' ? text : 'TCP')

const backendsIn = ({ metadata, endpoints, ports }: Slice): ReadonlyArray<Backend> =>
  manifestsIn(endpoints).flatMap((endpoint) => {
    const { addresses = [], targetRef } = Object(endpoint)
    const pod =
      targetRef?.kind === 'Pod' ? `${targetRef.namespace ?? metadata.namespace}/${targetRef.name}` : undefined
    return (addresses as ReadonlyArray<string>).flatMap((address) =>
      manifestsIn(ports).flatMap((it): ReadonlyArray<Backend> => {
        const { port, protocol } = Object(it)
        return typeof port === 'number'
          ? [{ peer: pod ?? address, protocol: protocolOf(protocol), port }]
          : []
      }),
    )
  })

/** **Source** of the label: `discovery.k8s.io/v1`, LabelServiceName. */
const serviceOf = ({ metadata }: Manifest): string =>
  `${metadata.namespace ?? ''}/${metadata.labels?.['kubernetes.io/service-name'] ?? ''}`

export const clusterFacts = ({ world }: WorldSnapshot): ClusterFacts => {
  const nodes = manifestsIn(world.nodes)
  const addresses = new Map(nodes.map((node) => [node.metadata.name, nodeAddresses(node)]))
  const byService = new Map<string, Array<Backend>>()
  for (const slice of manifestsIn(world.endpointSlices)) {
    const service = serviceOf(slice)
    byService.set(service, [...(byService.get(service) ?? []), ...backendsIn(slice)])
  }
  const resources = manifestsIn(world.resources)
  const specs = (kind: string) => resources.filter((it) => it.kind === kind)
  return {
    nodes: nodes.map(({ metadata }) => metadata.name),
    hasAddress: (node, ipVersion) => addresses.get(node)?.some((it) => isOfVersion(it, ipVersion)) === true,
    backendsOf: (namespace, service) => byService.get(`${namespace}/${service}`) ?? [],
    specOf: (kind, name) => specs(kind).find(({ metadata }) => metadata.name === name)?.spec ?? {},
    specsOf: (kind) => specs(kind).map(({ spec = {} }) => spec),
  }
}
