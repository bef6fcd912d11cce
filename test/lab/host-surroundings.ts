import type { PeerFlow } from '../../src/policy/index.js'
import type { Probe } from './host-probes.js'
import type { OutsiderSpec } from './outsiders.js'
import type { Port } from './pods.js'

/*
 * A node with what is around one: an office, the internet, an API server of the cloud, another node, a pod of that which
 * comes by its own address, as without a tunnel, and the cloud's metadata service.
 */

const link = (i: number, what: string): OutsiderSpec => ({
  interface: what,
  node: `203.0.113.${4 * i + 1}`,
  ip: `203.0.113.${4 * i + 2}`,
})

export const outside = {
  office: link(0, 'office'),
  internet: link(1, 'internet'),
  apiServer: link(2, 'api-server'),
  otherNode: link(3, 'other-node'),
  otherPod: link(4, 'other-pod'),
  metadata: { interface: 'metadata', node: '169.254.169.253', ip: '169.254.169.254' },
} as const satisfies Readonly<Record<string, OutsiderSpec>>

const outsiders = Object.keys(outside) as ReadonlyArray<keyof typeof outside>

export const servedOutside: ReadonlyArray<Port> = ['tcp/80', 'tcp/443', 'tcp/8001', 'udp/53', 'udp/123']

/** What is tried there: of the lab, the node's address and the pods `web` and `client`; `process` is one on the node's network. */
export interface Surroundings {
  readonly namespace: string
  readonly node: string
  readonly web: string
  readonly nodePort: number
}

type Sender = Exclude<keyof typeof outside, 'metadata' | 'apiServer'> | 'client' | 'process'

/** All that is tried, each by a name that says it. */
export const waysAround = ({ namespace, node, web, nodePort }: Surroundings): ReadonlyMap<string, Probe> => {
  const isOutside = (sender: Sender) => sender !== 'client' && sender !== 'process'
  const end = (sender: Sender): string =>
    sender === 'process'
      ? 'node:lab'
      : sender === 'client' || sender === 'otherPod'
        ? `${namespace}/${sender}`
        : outside[sender].ip
  const one = (
    sender: Sender,
    what: string,
    at: { readonly ip: string; readonly port: number },
    more: Partial<PeerFlow> = {},
  ): readonly [string, Probe] => [
    `${sender} → ${what}`,
    {
      world: 0,
      sender: isOutside(sender) ? outsiders.indexOf(sender) : `${namespace}/${sender}`,
      target: `${more.protocol === 'UDP' ? 'udp' : 'tcp'}/${at.ip}:${at.port}`,
      flow: { from: end(sender), to: at.ip, protocol: 'TCP', port: at.port, sourcePort: 40000, ...more },
    },
  ]
  const toPod = { to: `${namespace}/web`, port: 8001 }
  const beforeDNAT = { ip: node, port: nodePort }
  const senders = ['office', 'internet', 'otherNode', 'otherPod', 'client', 'process'] as const
  const udp = { protocol: 'UDP' } as const
  const away = (['client', 'process'] as const).flatMap((sender) => [
    one(sender, 'internet', { ip: outside.internet.ip, port: 8001 }),
    one(sender, 'internet, HTTPS', { ip: outside.internet.ip, port: 443 }),
    one(sender, 'DNS', { ip: outside.internet.ip, port: 53 }, udp),
    one(sender, 'time', { ip: outside.internet.ip, port: 123 }, udp),
    one(sender, 'metadata', { ip: outside.metadata.ip, port: 80 }),
    one(sender, "the cloud's API server", { ip: outside.apiServer.ip, port: 443 }),
    one(sender, "the cloud's API server, another port", { ip: outside.apiServer.ip, port: 8001 }),
    one(sender, 'other node', { ip: outside.otherNode.ip, port: 443 }),
  ])
  const here = senders.flatMap((sender) => [
    one(sender, 'kubelet', { ip: node, port: 10250 }),
    one(sender, 'SSH', { ip: node, port: 22 }),
    one(sender, 'etcd', { ip: node, port: 2379 }),
    one(sender, 'API server', { ip: node, port: 6443 }),
    one(sender, 'another port of the node', { ip: node, port: 8001 }),
    one(sender, 'node port', beforeDNAT, { ...toPod, beforeDNAT }),
    one(sender, 'pod', { ip: web, port: 8001 }, toPod),
    one(sender, 'high port of a pod', { ip: web, port: 30080 }, { to: toPod.to }),
  ])
  const itself = one(
    'process',
    'kubelet, by the loopback',
    { ip: '127.0.0.1', port: 10250 },
    {
      from: 'node:lab/lo',
      to: 'node:lab/lo',
    },
  )
  return new Map([...here, ...away, itself])
}
