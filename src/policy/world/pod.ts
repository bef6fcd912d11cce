import { release, type Version } from '../../model/calico-version.js'
import { isPlain } from '../../model/codec/json.js'
import type { NamedPort, Workload } from './flow.js'
import type { Manifest } from './manifest.js'

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const portsOf = (containers: ReadonlyArray<unknown>): ReadonlyArray<NamedPort> =>
  containers
    .flatMap((container) => list(isPlain(container) ? container.ports : undefined))
    .flatMap((port): ReadonlyArray<NamedPort> => {
      if (!isPlain(port)) return []
      const { name, containerPort, protocol = 'TCP' } = port
      if (typeof name !== 'string' || typeof containerPort !== 'number') return []
      return protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP'
        ? [{ name, port: containerPort, protocol }]
        : []
    })

/** Sidecars that run beside the others. Their ports have names for Calico from 3.32 on. */
const sidecars = (containers: ReadonlyArray<unknown>, calico: Version): ReadonlyArray<unknown> =>
  calico < release('3.32')
    ? []
    : containers.filter((container) => isPlain(container) && container.restartPolicy === 'Always')

const addresses = ({ podIPs, podIP }: Readonly<Record<string, unknown>>): ReadonlyArray<string> => {
  const all = list(podIPs).flatMap((it) => text(isPlain(it) ? it.ip : undefined) ?? [])
  return all.length > 0 ? all : [text(podIP) ?? []].flat()
}

/** The node that a pod on its host's network runs on: for policies, it is a process of that node. */
export const hostPodOf = ({ spec = {}, status = {} }: Manifest): string | undefined =>
  spec.hostNetwork === true && status.phase !== 'Succeeded' && status.phase !== 'Failed'
    ? text(spec.nodeName)
    : undefined

/**
 * The pod as policies see it; none for a pod on its host's network, or one that is done and has given its address back.
 *
 * **Source**: `libcalico-go/lib/backend/k8s/conversion/workload_endpoint_default.go`.
 */
export const workloadOf = (
  { metadata, spec = {}, status = {} }: Manifest,
  calico: Version,
): Workload | undefined => {
  if (spec.hostNetwork === true || status.phase === 'Succeeded' || status.phase === 'Failed') return undefined
  const ips = addresses(status)
  const node = text(spec.nodeName)
  return {
    _tag: 'Workload',
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    labels: metadata.labels ?? {},
    // The API server fills this in.
    serviceAccount: text(spec.serviceAccountName) ?? 'default',
    namedPorts: portsOf([...sidecars(list(spec.initContainers), calico), ...list(spec.containers)]),
    ...(ips.length === 0 ? {} : { ips }),
    ...(node === undefined ? {} : { node }),
  }
}
