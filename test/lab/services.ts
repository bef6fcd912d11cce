import type { Clients } from './clients.js'

/** A service of port 80 that has a node port, for port 8001 of pods, or of an address that no pod has. */
export interface ServiceSpec {
  readonly name: string
  readonly behind: { readonly pods: Readonly<Record<string, string>> } | { readonly ip: string }
}

export interface Service {
  readonly ip: string
  readonly nodePort: number
}

const port = 8001

const manifests = (namespace: string, { name, behind }: ServiceSpec): ReadonlyArray<object> => {
  const spec = { type: 'NodePort', ports: [{ port: 80, targetPort: port }] }
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec }
  if ('pods' in behind) return [{ ...service, spec: { ...spec, selector: behind.pods } }]
  const labels = { 'kubernetes.io/service-name': name }
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace, labels },
    addressType: 'IPv4',
    endpoints: [{ addresses: [behind.ip] }],
    ports: [{ port }],
  }
  return [service, slice]
}

interface Made {
  readonly metadata: { readonly name: string }
  readonly spec: { readonly clusterIP: string; readonly ports: readonly [{ readonly nodePort: number }] }
}

/** Makes them, and answers their addresses by name. */
export const startServices = async (
  { kubectl }: Clients,
  namespace: string,
  specs: ReadonlyArray<ServiceSpec>,
): Promise<ReadonlyMap<string, Service>> => {
  const list = { apiVersion: 'v1', kind: 'List', items: specs.flatMap((spec) => manifests(namespace, spec)) }
  const { code, stderr } = await kubectl(['create', '-f', '-'], JSON.stringify(list))
  if (code !== 0) throw new Error(stderr)
  const { stdout } = await kubectl(['get', 'services', '--namespace', namespace, '-o', 'json'])
  const { items }: { readonly items: ReadonlyArray<Made> } = JSON.parse(stdout)
  return new Map(
    items.map(({ metadata: { name }, spec: { clusterIP, ports } }) => [
      name,
      { ip: clusterIP, nodePort: ports[0].nodePort },
    ]),
  )
}
