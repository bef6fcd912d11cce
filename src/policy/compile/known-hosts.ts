import type { HostEndpoint } from '../../model/host/host-endpoint.js'
import { addressValue } from '../../net/cidr.js'
import type { KnownNode } from '../world/known-node.js'

/** The nodes of a world, and machines that host endpoints alone tell of. */
export interface KnownHosts {
  readonly byName: ReadonlyMap<string, KnownNode>
  /** Who has an address, by the interface where that is known. */
  readonly having: (
    address: bigint,
  ) => ReadonlyArray<{ readonly node: string; readonly interface: string | undefined }>
  /** Whether some endpoint's node is not known, and no address of it: then any address may be that node's. */
  readonly mayBeAnywhere: boolean
}

interface Owner {
  readonly node: string
  readonly interface: string | undefined
}

/** What endpoints say of a node's interfaces, where nothing else does: what they expect an interface to have, it has. */
const expected = (
  node: KnownNode,
  endpoints: ReadonlyArray<HostEndpoint>,
): NonNullable<KnownNode['interfaces']> => {
  const found: Record<string, ReadonlyArray<string>> = {}
  for (const { spec } of endpoints) {
    const { interfaceName = '', expectedIPs = [] } = spec
    if (interfaceName === '' || interfaceName === '*') continue
    found[interfaceName] = expectedIPs.filter((ip) => node.ips.includes(ip))
  }
  return found
}

const ownersOf = (
  { name, ips }: KnownNode,
  interfaces: NonNullable<KnownNode['interfaces']>,
): ReadonlyArray<readonly [string, Owner]> => {
  const listed = Object.entries(interfaces).flatMap(([iface, those]) =>
    those.map((ip) => [ip, { node: name, interface: iface }] as const),
  )
  const known = new Set(listed.map(([ip]) => ip))
  const others = ips
    .filter((ip) => !known.has(ip))
    .map((ip) => [ip, { node: name, interface: undefined }] as const)
  return [...listed, ...others]
}

/**
 * Nodes that are given are all nodes there are: an endpoint of another one is a machine at its expected addresses, or one
 * that is gone. Where none are given, the endpoints say which there are.
 */
export const knownHosts = (
  nodes: ReadonlyMap<string, KnownNode>,
  endpoints: ReadonlyArray<HostEndpoint>,
): KnownHosts => {
  const byName = new Map(nodes)
  for (const { spec } of endpoints) {
    const { node: name = '', expectedIPs = [] } = spec
    if (nodes.has(name)) continue
    const ips = [...(byName.get(name)?.ips ?? []), ...expectedIPs]
    byName.set(name, { name, labels: undefined, ips, expectedIPs: ips, interfaces: undefined })
  }
  const byNode = new Map<string, Array<HostEndpoint>>()
  for (const it of endpoints) {
    const those = byNode.get(it.spec.node ?? '') ?? []
    byNode.set(it.spec.node ?? '', those)
    those.push(it)
  }
  let owners: Map<bigint, Array<Owner>> | undefined
  const made = (): Map<bigint, Array<Owner>> => {
    const found = new Map<bigint, Array<Owner>>()
    for (const node of byName.values()) {
      for (const [ip, owner] of ownersOf(
        node,
        node.interfaces ?? expected(node, byNode.get(node.name) ?? []),
      )) {
        const address = addressValue(ip)
        const there = address === undefined ? undefined : found.get(address)
        // What a node has is not another machine's as well, whatever that one's endpoint expects.
        if (there !== undefined && !nodes.has(node.name) && there.some((it) => nodes.has(it.node))) continue
        if (there !== undefined) there.push(owner)
        else if (address !== undefined) found.set(address, [owner])
      }
    }
    return found
  }
  return {
    byName,
    having: (address) => {
      owners ??= made()
      return owners.get(address) ?? []
    },
    mayBeAnywhere: nodes.size === 0 && endpoints.some(({ spec }) => (spec.expectedIPs ?? []).length === 0),
  }
}
