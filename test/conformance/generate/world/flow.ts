import fc from 'fast-check'
import type { Flow, World } from '../../flow-case.js'
import { outside, ports } from './words.js'

/** Where to look among what a world has. */
export interface Aim {
  readonly from: number
  readonly to: number
  readonly outside: number
  readonly family: 4 | 6
  readonly protocol: number
  readonly port: number
  readonly sourcePort: number
  readonly iface: string
}

const at = fc.nat({ max: 1 << 20 })

export const aim: fc.Arbitrary<Aim> = fc.record({
  from: at,
  to: at,
  outside: at,
  family: fc.constantFrom<4 | 6>(4, 4, 6),
  protocol: at,
  port: at,
  sourcePort: at,
  iface: fc.constantFrom('eth0', 'eth0', 'eth1'),
})

const pick = <A>(items: ReadonlyArray<A>, i: number): A => items[i % items.length] as A

const protocols: ReadonlyArray<string | number> = [
  ...Array.from({ length: 18 }, () => 'TCP'),
  ...Array.from({ length: 8 }, () => 'UDP'),
  ...['SCTP', 'SCTP', 'SCTP', 'SCTP', 'ICMP', 'ICMP', 'ICMP', 'ICMP', 'UDPLite'],
  ...[6, 6, 17, 47, 47, 4],
]
/** The last is that of VXLAN, which pods may not send. */
const asked: ReadonlyArray<number> = [...ports, 52, 79, 442, 9001, 4789]

const endsOf = (world: World, family: 4 | 6): ReadonlyArray<string> => {
  const has = (ips: ReadonlyArray<string>): boolean => ips.some((ip) => ip.includes(':') === (family === 6))
  return [
    ...world.pods.filter(({ ips }) => has(ips)).map(({ namespace, name }) => `${namespace}/${name}`),
    ...(world.nodes ?? []).flatMap((node) =>
      node.interfaces.filter(({ ips }) => has(ips)).map((iface) => `node:${node.name}/${iface.name}`),
    ),
  ]
}

/** The ports that pods name, so that these are asked about by number. */
const portsOf = (world: World): ReadonlyArray<number> => [
  ...world.pods.flatMap(({ ports = [] }) => ports.map(({ port }) => port)),
  ...asked,
]

/** Of so many flows in a world with nodes, one is of two ends outside: a node passes it on. */
const forwardedOf = 16

const forwarded = ({ nodes = [] }: World, aim: Aim): Flow => {
  const { name, interfaces } = pick(nodes, aim.from)
  const iface = (i: number): string => pick(interfaces, i).name
  const [from, to] = [pick(outside[aim.family], aim.from), pick(outside[aim.family], aim.to)]
  const through = `${name}/${iface(aim.from >> 4)}/${iface(aim.to >> 4)}`
  const protocol = pick(['TCP', 'TCP', 'UDP'], aim.protocol)
  return [from, to, protocol, pick(asked, aim.port), 40000, aim.family, aim.iface, through]
}

/**
 * One end at least is the world's own, or a node passes it on; a pod does not meet itself, and the outside not the outside
 * without a node.
 */
export const flowOf = (world: World, aim: Aim): Flow => {
  if (world.nodes !== undefined && aim.outside % forwardedOf === 3) return forwarded(world, aim)
  const family = endsOf(world, aim.family).length > 0 ? aim.family : ((10 - aim.family) as 4 | 6)
  const own = endsOf(world, family)
  const from = pick(own, aim.from)
  const others = [...own.filter((end) => end !== from || end.startsWith('node:')), ...outside[family]]
  const to = pick(others, aim.to)
  const [source, destination] = aim.outside % 2 === 0 ? [from, to] : [to, from]
  const protocol = pick(protocols, aim.protocol)
  if (protocol === 'ICMP') {
    const [type, code] = [pick([0, 3, 8, 128, 129, 135, 254], aim.port), pick([0, 1, 3, 255], aim.sourcePort)]
    return [source, destination, family === 4 ? 'ICMP' : 'ICMPv6', type, code, family, aim.iface]
  }
  if (protocol === 47 || protocol === 4) return [source, destination, protocol, null, null, family, aim.iface]
  const port = pick(portsOf(world), aim.port)
  const sourcePort = aim.sourcePort % 3 === 0 ? pick(portsOf(world), aim.sourcePort) : 40000
  return [source, destination, protocol, port, sourcePort, family, aim.iface]
}
