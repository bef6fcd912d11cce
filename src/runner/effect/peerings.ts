import type { PeerFlow } from '../../policy/compiled-world.js'
import type { ClusterFacts } from './cluster-facts.js'
import { type Need, nodeEnd } from './need.js'

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

/** What nodes say to each other. */
interface Peering {
  readonly name: string
  readonly protocol: PeerFlow['protocol']
  readonly port?: number
  readonly sourcePort?: number
  readonly ipVersion?: 4 | 6
  /** Whether one node takes part. */
  readonly has?: (node: string) => boolean
}

const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise

const isOn = (mode: unknown): boolean => mode === 'Always' || mode === 'CrossSubnet'

const ipInIp = 4
const bgp = 179

/** By the pools and configuration that there are. A pool that is disabled gives out no address, and carries what has one. */
const peerings = ({ specOf, specsOf }: ClusterFacts): ReadonlyArray<Peering> => {
  const felix = specOf('FelixConfiguration', 'default')
  const pools = specsOf('IPPool')
  const isMesh = specOf('BGPConfiguration', 'default').nodeToNodeMeshEnabled !== false
  const isRouted = pools.some(({ vxlanMode }) => !isOn(vxlanMode))
  const hasIPIP = felix.ipipEnabled !== false && pools.some(({ ipipMode }) => isOn(ipipMode))
  const vxlan = (ipVersion: 4 | 6): ReadonlyArray<Peering> => {
    const isOfVersion = (cidr: unknown): boolean => String(cidr).includes(':') === (ipVersion === 6)
    const isUsed = pools.some(({ cidr, vxlanMode }) => isOn(vxlanMode) && isOfVersion(cidr))
    return isUsed && felix.vxlanEnabled !== false
      ? [{ name: 'VXLAN', protocol: 'UDP', port: numberOr(felix.vxlanPort, 4789), ipVersion }]
      : []
  }
  const wireguard = (
    field: 'wireguardEnabled' | 'wireguardEnabledV6',
    port: number,
    ipVersion: 4 | 6,
  ): ReadonlyArray<Peering> => {
    const has = (node: string) => specOf('FelixConfiguration', `node.${node}`)[field] !== false
    return felix[field] === true
      ? [{ name: 'WireGuard', protocol: 'UDP', port, sourcePort: port, ipVersion, has }]
      : []
  }
  return [
    ...(isMesh && isRouted ? [{ name: 'BGP', protocol: 'TCP', port: bgp } as const] : []),
    ...(hasIPIP ? [{ name: 'IP in IP', protocol: ipInIp, ipVersion: 4 } as const] : []),
    ...vxlan(4),
    ...vxlan(6),
    ...wireguard('wireguardEnabled', numberOr(felix.wireguardListeningPort, 51820), 4),
    ...wireguard('wireguardEnabledV6', numberOr(felix.wireguardListeningPortV6, 51821), 6),
  ]
}

const onPort = ({ protocol, port, ipVersion }: Peering): string =>
  `${port === undefined ? `protocol ${protocol}` : `${protocol} ${port}`}${ipVersion === 6 ? ', IPv6' : ''}`

/** That nodes reach each other by what Calico needs there. */
export const betweenNodes = (facts: ClusterFacts): ReadonlyArray<Need> => {
  const pairs = pairsOf(facts.nodes)
  return peerings(facts).flatMap((peering) => {
    const { name, has = () => true, ...packet } = peering
    const { ipVersion } = packet
    const takesPart = (node: string): boolean =>
      has(node) && (ipVersion === undefined || facts.hasAddress(node, ipVersion))
    return pairs
      .filter((pair) => pair.every(takesPart))
      .map(([from, to]) => ({
        what: `node ${to} off from ${name} of node ${from} (${onPort(peering)})`,
        flows: [{ from: nodeEnd(from), to: nodeEnd(to), ...packet }],
      }))
  })
}
