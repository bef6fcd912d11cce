import type { PeerFlow } from '../../src/policy/index.js'
import { linkOf, tcpPorts, udpPorts } from './host-worlds.js'
import type { Answer, Lab, Pod, Target } from './lab.js'
import type { Outsiders } from './outsiders.js'
import type { Service } from './services.js'

/** Who sends: a pod by its name, or what is behind a link of the node. */
type Sender = string | number

/** What is tried, and the flow that it is to verdicts. */
export interface Probe {
  readonly world: number
  readonly sender: Sender
  readonly target: Target
  readonly flow: PeerFlow
}

/** What of the lab is an end. */
export interface HostEnds {
  /** Where the node has one interface more for each world. */
  readonly node: string
  /** The node's own address. */
  readonly address: string
  readonly pods: readonly [Pod, Pod]
  /** A pod on the node's network. */
  readonly process: Pod
  readonly services: ReadonlyMap<string, Service>
}

/** Which services there are: of a pod, of a pod on its host's network, and of what is outside in a world. */
export const serviceOf = { pod: 'web', process: 'process', outside: (world: number) => `outside-${world}` }

export const nameOf = ({ namespace, name }: Pod): string => `${namespace}/${name}`

/** All that is tried in a world: between its outside, the next world's, the node and its pods, each way that there is. */
export const probesOf = (world: number, worlds: number, ends: HostEnds): ReadonlyArray<Probe> => {
  const { ip: outside, node: address, interface: iface } = linkOf(world)
  const next = linkOf((world + 1) % worlds)
  const node = `node:${ends.node}/${iface}`
  const [web, api] = ends.pods.map(nameOf) as [string, string]
  const process = nameOf(ends.process)
  const through = { node: ends.node, in: iface, out: next.interface }
  type Way = Pick<PeerFlow, 'from' | 'to'> & Partial<PeerFlow>

  const one = (
    sender: Sender,
    protocol: 'TCP' | 'UDP',
    to: { ip: string; port: number },
    way: Way,
  ): Probe => ({
    world,
    sender,
    target: `${protocol === 'TCP' ? 'tcp' : 'udp'}/${to.ip}:${to.port}`,
    flow: { protocol, port: to.port, sourcePort: 40000, interface: iface, ...way },
  })
  const tcp = (sender: Sender, ip: string, way: Way): ReadonlyArray<Probe> =>
    tcpPorts.map((port) => one(sender, 'TCP', { ip, port }, way))
  const each = (sender: Sender, ip: string, way: Way): ReadonlyArray<Probe> => [
    ...tcp(sender, ip, way),
    ...udpPorts.map((port) => one(sender, 'UDP', { ip, port }, way)),
  ]
  const service = (name: string) => {
    const { ip = '', nodePort = 0 } = ends.services.get(name) ?? {}
    return { cluster: { ip, port: 80 }, nodePort: { ip: ends.address, port: nodePort } }
  }
  const turned = (sender: Sender, beforeDNAT: { ip: string; port: number }, way: Way): Probe =>
    one(sender, 'TCP', beforeDNAT, { ...way, port: 8001, beforeDNAT })

  return [
    ...each(world, address, { from: outside, to: node }),
    // A node answers UDP from the address that it would send from, which is another one if it was asked at another one.
    ...tcp(world, ends.address, { from: outside, to: ends.address }),
    ...ends.pods.flatMap((pod) => each(world, pod.ip, { from: outside, to: nameOf(pod) })),
    ...each(world, next.ip, { from: outside, to: next.ip, through }),
    ...each(process, outside, { from: node, to: outside }),
    ...ends.pods.flatMap((pod) => each(nameOf(pod), outside, { from: nameOf(pod), to: outside })),
    // To the node itself, from its pods and its own.
    ...tcp(web, address, { from: web, to: node }),
    one(process, 'TCP', { ip: address, port: 8001 }, { from: node, to: node }),
    // By node ports, which kube-proxy has at the node's own address alone: to a pod, to the node, and out again.
    turned(world, service(serviceOf.pod).nodePort, { from: outside, to: web }),
    turned(world, service(serviceOf.process).nodePort, { from: outside, to: ends.address }),
    turned(world, service(serviceOf.outside((world + 1) % worlds)).nodePort, {
      from: outside,
      to: next.ip,
      through,
    }),
    turned(api, service(serviceOf.pod).nodePort, { from: api, to: web }),
    turned(process, service(serviceOf.pod).nodePort, { from: ends.address, to: web }),
    turned(process, service(serviceOf.outside(world)).nodePort, { from: ends.address, to: outside }),
    // By addresses of services.
    turned(world, service(serviceOf.pod).cluster, { from: outside, to: web, through: { node: ends.node } }),
    turned(api, service(serviceOf.outside(world)).cluster, { from: api, to: outside }),
    turned(process, service(serviceOf.outside(world)).cluster, { from: ends.address, to: outside }),
  ]
}

/** What becomes of all probes, tried at once. */
export const tried = async (
  lab: Lab,
  { outsiders, pods }: { readonly outsiders: Outsiders; readonly pods: ReadonlyArray<Pod> },
  probes: ReadonlyArray<Probe>,
): Promise<ReadonlyArray<Answer | undefined>> => {
  const groups = new Map<Sender, Array<Probe>>()
  for (const probe of probes) groups.set(probe.sender, [...(groups.get(probe.sender) ?? []), probe])
  const found = new Map<Probe, Answer | undefined>()
  await Promise.all(
    [...groups].map(async ([sender, group]) => {
      const targets = group.map(({ target }) => target)
      const pod = pods.find((it) => nameOf(it) === sender)
      const answers = await (pod === undefined
        ? outsiders.probe(Number(sender), ...targets)
        : lab.probe(pod, ...targets))
      for (const [i, probe] of group.entries()) found.set(probe, answers[i])
    }),
  )
  return probes.map((probe) => found.get(probe))
}

/** A port where nobody listens answers, too, where a packet comes to it. */
export const decisionOf = (answer: Answer | undefined): 'allowed' | 'denied' =>
  answer === 'reachable' || answer === 'refused' ? 'allowed' : 'denied'
