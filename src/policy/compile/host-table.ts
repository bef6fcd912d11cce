import type { HostEndpoint } from '../../model/host/host-endpoint.js'
import { addressValue } from '../../net/cidr.js'
import type { Entity } from '../world/entity.js'
import type { FelixOfNode } from '../world/felix-of-node.js'
import type { KnownNode } from '../world/known-node.js'

/** A host endpoint, with what selectors see of it. */
export interface KnownEndpoint {
  /** Its name: ties are broken by it. */
  readonly id: string
  readonly spec: HostEndpoint['spec']
  readonly entity: Entity
}

/** Which endpoints an interface has: one of its own, and the one of all the node's interfaces. */
export interface Governance {
  readonly named: KnownEndpoint | undefined
  readonly all: KnownEndpoint | undefined
}

/** A node with its host endpoints. */
export interface Host {
  readonly name: string
  readonly felix: FelixOfNode
  readonly endpoints: ReadonlyArray<KnownEndpoint>
  readonly all: KnownEndpoint | undefined
  /** All it may be, where the interface is not known, or not which addresses it has. */
  readonly governing: (
    interfaceName: string | undefined,
    address: bigint | undefined,
  ) => ReadonlyArray<Governance>
}

export const loopback = 'lo'
export const loopbackIPs: ReadonlyArray<string> = ['127.0.0.1', '::1']

const isAt = ({ spec }: KnownEndpoint, addresses: ReadonlyArray<bigint | undefined>): boolean =>
  (spec.expectedIPs ?? []).some((ip) => {
    const address = addressValue(ip)
    return address !== undefined && addresses.includes(address)
  })

/**
 * Which of a node's endpoints governs an interface: by its name, or for one without a name by an address; the first by
 * id where several do.
 *
 * **Source**: `felix/dataplane/linux/endpoint_mgr.go`, resolveHostEndpoints.
 */
export const hostOf = (
  { name, interfaces }: KnownNode,
  endpoints: ReadonlyArray<KnownEndpoint>,
  felix: FelixOfNode,
): Host => {
  const sorted = [...endpoints].sort((a, b) => (a.id < b.id ? -1 : 1))
  const all = sorted.find(({ spec }) => spec.interfaceName === '*')
  const named = sorted.filter(({ spec }) => spec.interfaceName && spec.interfaceName !== '*')
  const byAddress = sorted.filter(({ spec }) => !spec.interfaceName)
  const governance = (found: KnownEndpoint | undefined): Governance => ({ named: found, all })
  const nobody = governance(undefined)
  const each = new Map(sorted.map((it) => [it, governance(it)]))
  const of = (found: KnownEndpoint | undefined): Governance => (found && each.get(found)) ?? nobody
  const exactly = (iface: string, ips: ReadonlyArray<string>): Governance => {
    const addresses = ips.map(addressValue)
    return of(
      sorted.find((it) => it.spec.interfaceName === iface || (!it.spec.interfaceName && isAt(it, addresses))),
    )
  }
  /** One of those that may be meant is, or the one that surely is. */
  const atMost = (surely: KnownEndpoint | undefined, perhaps: ReadonlyArray<KnownEndpoint>) => [
    of(surely),
    ...perhaps.filter((it) => surely === undefined || it.id < surely.id).map(of),
  ]
  const anyKnown = (ifaces: NonNullable<KnownNode['interfaces']>): ReadonlyArray<Governance> => [
    ...new Set(
      Object.entries(ifaces)
        .filter(([iface]) => iface !== loopback)
        .map(([iface, ips]) => exactly(iface, ips)),
    ),
  ]
  return {
    name,
    felix,
    endpoints: sorted,
    all,
    governing: (iface, address) => {
      if (named.length + byAddress.length === 0) return [nobody]
      if (iface !== undefined && (interfaces !== undefined || iface === loopback))
        return [exactly(iface, interfaces?.[iface] ?? (iface === loopback ? loopbackIPs : []))]
      const here = address === undefined ? undefined : byAddress.find((it) => isAt(it, [address]))
      if (iface !== undefined) {
        const own = named.find(({ spec }) => spec.interfaceName === iface)
        const first = [own, here].filter((it) => it !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1))[0]
        return atMost(first, here === undefined ? byAddress : [])
      }
      if (interfaces !== undefined && Object.keys(interfaces).length > 0) return anyKnown(interfaces)
      const others = named.filter(({ spec }) => spec.interfaceName !== loopback)
      return here === undefined ? atMost(undefined, [...others, ...byAddress]) : atMost(here, others)
    },
  }
}
