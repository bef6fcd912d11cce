import { fromKubernetes } from '../../src/convert/from-kubernetes.js'
import { orThrow } from '../../src/error.js'
import { decode, type Resource } from '../../src/model/resource.js'
import { type Decision, type Endpoint, type Packet, verdict } from '../../src/policy/index.js'
import type { Case } from './generate/world/case.js'
import type { Flow, Manifest, World } from './world.js'

/** What we say of each flow of a case. */
export const ourVerdicts = ({ world, flows }: Case): ReadonlyArray<Decision> => {
  const resources = world.resources.flatMap(resourceOf)
  return flows.map((flow) => {
    const [from, to, , , , family = 4] = flow
    return verdict(resources, {
      ...packetOf(flow),
      from: endOf(world, from, family),
      to: endOf(world, to, family),
    }).decision
  })
}

const resourceOf = (manifest: Manifest): ReadonlyArray<Resource> => {
  const { apiVersion = 'projectcalico.org/v3' } = manifest
  if (apiVersion === 'networking.k8s.io/v1') return [orThrow(fromKubernetes(manifest))]
  if (apiVersion === 'projectcalico.org/v3') return [orThrow(decode({ ...manifest, apiVersion }))]
  return []
}

const packetOf = ([, , protocol, port, sourcePort]: Flow): Packet => {
  const named = protocol as Packet['protocol']
  if (protocol === 'ICMP' || protocol === 'ICMPv6')
    return { protocol: named, icmp: { type: port ?? 0, code: sourcePort ?? 0 } }
  return port === null || port === undefined
    ? { protocol: named }
    : { protocol: named, port, sourcePort: sourcePort ?? 40000 }
}

const endOf = (world: World, name: string, family: 4 | 6): Endpoint => {
  const ofFamily = (ips: ReadonlyArray<string>): string =>
    ips.find((ip) => ip.includes(':') === (family === 6)) ?? ''
  if (name.startsWith('node:')) {
    const [node, iface] = name.slice('node:'.length).split('/')
    const interfaces = world.nodes?.find((it) => it.name === node)?.interfaces ?? []
    return { _tag: 'Address', ip: ofFamily(interfaces.find((it) => it.name === iface)?.ips ?? []) }
  }
  const pod = world.pods.find((it) => `${it.namespace}/${it.name}` === name)
  if (pod === undefined) return { _tag: 'Address', ip: name }
  const account = world.serviceAccounts.find(
    (it) => it.namespace === pod.namespace && it.name === pod.serviceAccount,
  )
  return {
    _tag: 'Workload',
    namespace: pod.namespace,
    labels: pod.labels ?? {},
    namespaceLabels: world.namespaces.find((it) => it.name === pod.namespace)?.labels ?? {},
    serviceAccount: pod.serviceAccount,
    serviceAccountLabels: account?.labels ?? {},
    ip: ofFamily(pod.ips),
    namedPorts: Object.fromEntries((pod.ports ?? []).map((port) => [port.name, port.port])),
  }
}
