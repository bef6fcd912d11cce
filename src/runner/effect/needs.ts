import type { PeerFlow } from '../../policy/compiled-world.js'
import type { Backend, ClusterFacts } from './cluster-facts.js'

/** Something without which a cluster does not work. It is met where one of the flows gets through. */
export interface Need {
  /** `node worker-1 from the API server`: what is cut off where none does. */
  readonly what: string
  readonly flows: ReadonlyArray<PeerFlow>
}

const kubelet = 10250
const typha = 5473
const bgp = 179

const nodeEnd = (name: string): string => `node:${name}`

/** So many nodes are asked about with each other; of more, each with some. */
const mostNodes = 40
const mostNeighbours = 4

/** Pairs of nodes: of many, each with those next to it in the list, and one at its other end. */
const pairsOf = (nodes: ReadonlyArray<string>): ReadonlyArray<readonly [string, string]> =>
  nodes.flatMap((from, i) => {
    const others =
      nodes.length <= mostNodes
        ? nodes
        : Array.from({ length: mostNeighbours }, (_, n) => nodes[(i + 1 + n * n * n) % nodes.length] ?? from)
    return others.flatMap((to) => (to === from ? [] : [[from, to] as const]))
  })

const toBackend = (from: string, { peer, protocol, port }: Backend): PeerFlow => ({
  from,
  to: peer,
  protocol,
  port,
})

const withApiServer = ({ nodes, backendsOf }: ClusterFacts): ReadonlyArray<Need> => {
  const servers = backendsOf('default', 'kubernetes')
  if (servers.length === 0) return []
  return nodes.flatMap((node) => [
    {
      what: `node ${node} off from the API server`,
      flows: servers.map((server) => toBackend(nodeEnd(node), server)),
    },
    {
      what: `the API server off from the kubelet of node ${node}`,
      flows: servers.map(({ peer }) => ({
        from: peer,
        to: nodeEnd(node),
        protocol: 'TCP' as const,
        port: kubelet,
      })),
    },
  ])
}

interface Peering {
  readonly name: string
  readonly protocol: 'TCP' | 'UDP'
  readonly port: number
}

const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise

const isOn = (mode: unknown): boolean => mode === 'Always' || mode === 'CrossSubnet'

/** What nodes say to each other, by the pools and configuration that there are. */
const peerings = ({ specOf, specsOf }: ClusterFacts): ReadonlyArray<Peering> => {
  const felix = specOf('FelixConfiguration', 'default')
  const pools = specsOf('IPPool').filter(({ disabled }) => disabled !== true)
  const isMesh = specOf('BGPConfiguration', 'default').nodeToNodeMeshEnabled !== false
  const isRouted = pools.some(({ vxlanMode }) => !isOn(vxlanMode))
  const vxlan: Peering = { name: 'VXLAN', protocol: 'UDP', port: numberOr(felix.vxlanPort, 4789) }
  const wireguard = (port: number): Peering => ({ name: 'WireGuard', protocol: 'UDP', port })
  return [
    ...(isMesh && isRouted ? [{ name: 'BGP', protocol: 'TCP' as const, port: bgp }] : []),
    ...(pools.some(({ vxlanMode }) => isOn(vxlanMode)) ? [vxlan] : []),
    ...(felix.wireguardEnabled === true ? [wireguard(numberOr(felix.wireguardListeningPort, 51820))] : []),
    ...(felix.wireguardEnabledV6 === true
      ? [wireguard(numberOr(felix.wireguardListeningPortV6, 51821))]
      : []),
  ]
}

const betweenNodes = (facts: ClusterFacts): ReadonlyArray<Need> =>
  peerings(facts).flatMap(({ name, protocol, port }) =>
    pairsOf(facts.nodes).map(([from, to]) => ({
      what: `node ${to} off from ${name} of node ${from} (${protocol} ${port})`,
      flows: [{ from: nodeEnd(from), to: nodeEnd(to), protocol, port }],
    })),
  )

const withTypha = ({ nodes, backendsOf }: ClusterFacts): ReadonlyArray<Need> => {
  const typhas = ['calico-system', 'kube-system']
    .flatMap((namespace) => backendsOf(namespace, 'calico-typha'))
    .filter(({ port }) => port === typha)
  if (typhas.length === 0) return []
  return nodes.map((node) => ({
    what: `node ${node} off from Typha (TCP ${typha})`,
    flows: typhas.map((it) => toBackend(nodeEnd(node), it)),
  }))
}

/** A webhook without which the API server refuses what it is to be asked about. */
export interface FailClosedWebhook {
  readonly name: string
  readonly namespace: string
  readonly service: string
}

const ofWebhooks = (
  { backendsOf }: ClusterFacts,
  webhooks: ReadonlyArray<FailClosedWebhook>,
): ReadonlyArray<Need> => {
  const servers = [...new Set(backendsOf('default', 'kubernetes').map(({ peer }) => peer))]
  return webhooks.flatMap(({ name, namespace, service }) => {
    const flows = servers.flatMap((server) =>
      backendsOf(namespace, service).map((it) => toBackend(server, it)),
    )
    const what = `the API server off from the webhook ${name} (service ${namespace}/${service}), which fails closed`
    return flows.length === 0 ? [] : [{ what, flows }]
  })
}

/** Where pods look for names. */
export const dnsServices = [
  ['kube-system', 'kube-dns'],
  ['openshift-dns', 'dns-default'],
] as const

const ofDNS = ({ backendsOf }: ClusterFacts, pods: ReadonlyArray<string>): ReadonlyArray<Need> =>
  dnsServices.flatMap(([namespace, service]) => {
    const servers = backendsOf(namespace, service).filter(({ protocol }) => protocol === 'UDP')
    const behind = new Set(servers.map(({ peer }) => peer))
    const flows = pods
      .filter((pod) => !behind.has(pod))
      .flatMap((pod) => servers.map((server) => toBackend(pod, server)))
    return flows.length === 0 ? [] : [{ what: `every pod off from DNS (${namespace}/${service})`, flows }]
  })

/** All that a cluster needs to be let through. `pods` are those that ask for names. */
export const needsOf = (
  facts: ClusterFacts,
  pods: ReadonlyArray<string>,
  webhooks: ReadonlyArray<FailClosedWebhook>,
): ReadonlyArray<Need> => [
  ...withApiServer(facts),
  ...withTypha(facts),
  ...betweenNodes(facts),
  ...ofWebhooks(facts, webhooks),
  ...ofDNS(facts, pods),
]
