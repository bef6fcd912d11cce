import { addressValue, printAddressValue } from '../../net/cidr.js'
import type { ResolvedPeer } from '../compile/peer-resolver.js'
import { podsMeant } from '../compile/pods-at.js'
import { networkParts, partsOf } from '../connectivity/network-parts.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import { podsNamed } from './pod-names.js'
import { keyOfPeer, printPeer, type RecordedFlow, type RecordedPeer } from './recorded-flow.js'

/** An end of a recorded flow in a world: peers of each kind that it may be, or why none is known. */
export interface FoundEnd {
  readonly peers: ReadonlyArray<ResolvedPeer>
  readonly isPod: boolean
  /** The pods of the world that it may be. */
  readonly pods: ReadonlyArray<string>
  readonly missing?: string
}

/** What Calico's log calls private. **Source**: `felix/collector/types/endpoint/endpoint.go`, getSubnetType. */
export const privateNets = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']

/** All other addresses of IPv4. */
const publicNets = [
  '0.0.0.0/5',
  '8.0.0.0/7',
  '11.0.0.0/8',
  '12.0.0.0/6',
  '16.0.0.0/4',
  '32.0.0.0/3',
  '64.0.0.0/2',
  '128.0.0.0/3',
  '160.0.0.0/5',
  '168.0.0.0/6',
  '172.0.0.0/12',
  '172.32.0.0/11',
  '172.64.0.0/10',
  '172.128.0.0/9',
  '173.0.0.0/8',
  '174.0.0.0/7',
  '176.0.0.0/4',
  '192.0.0.0/9',
  '192.128.0.0/11',
  '192.160.0.0/13',
  '192.169.0.0/16',
  '192.170.0.0/15',
  '192.172.0.0/14',
  '192.176.0.0/12',
  '192.192.0.0/10',
  '193.0.0.0/8',
  '194.0.0.0/7',
  '196.0.0.0/6',
  '200.0.0.0/5',
  '208.0.0.0/4',
  '224.0.0.0/3',
]

const keyOfClass = ({ at, isPod }: ResolvedPeer): string =>
  `${isPod} ${at.map(({ peer, family }) => `${peer.id}/${family}`).join()}`

/** One of each class: what policies tell apart. */
const distinct = (peers: Iterable<ResolvedPeer>): ReadonlyArray<ResolvedPeer> => [
  ...new Map([...peers].map((peer) => [keyOfClass(peer), peer])).values(),
]

const none = (missing: string): FoundEnd => ({ peers: [], isPod: false, pods: [], missing })

/** Finds the ends of recorded flows in a world. Each is looked for once. */
export const endsIn = (
  world: PolicyWorld,
): ((peer: RecordedPeer, service?: RecordedFlow['service']) => FoundEnd) => {
  const { pods, entities } = world.endpoints
  const namedPods = podsNamed(pods)
  const parts = networkParts(world)
  const ofPods = (names: ReadonlyArray<string>): FoundEnd => ({
    isPod: true,
    pods: names,
    peers: distinct(names.flatMap((name) => pods.get(name) ?? []).map((pod) => world.peers.resolve(pod))),
  })
  const outside = (nets: ReadonlyArray<string>): FoundEnd => ({
    isPod: false,
    pods: [],
    peers: distinct(partsOf(parts, { _tag: 'Network', nets }).map(({ peer }) => peer)),
  })
  const setNamed = (peer: RecordedPeer): FoundEnd | undefined => {
    const [name] = [printPeer(peer._tag === 'Pods' ? { ...peer, _tag: 'NetworkSet' } : peer)]
    const set = entities.find((it) => it._tag === 'NetworkSet' && it.name === name)
    return set && outside(set.nets)
  }
  const hostNamed = (name: string): FoundEnd =>
    world.endpoints.hosts.byName.has(name)
      ? { isPod: false, pods: [], peers: [world.peers.resolve({ _tag: 'Node', name })] }
      : none(`the node ${name}: the world does not have it`)
  const find = (peer: RecordedPeer): FoundEnd => {
    switch (peer._tag) {
      case 'Pods': {
        const names = namedPods(peer)
        const node = world.endpoints.hostPods.get(`${peer.namespace}/${peer.name}`)
        if (node !== undefined) return hostNamed(node)
        if (names.length > 0) return ofPods(names)
        return setNamed(peer) ?? none(`which pods ${printPeer(peer)} are: the world has none of that name`)
      }
      case 'Address': {
        const names = podsMeant(world.endpoints, addressValue(peer.ip))
        return names.length === 0 ? outside([peer.ip]) : ofPods(names)
      }
      case 'NetworkSet':
        return setNamed(peer) ?? (peer.namespace === undefined ? hostNamed(peer.name) : none(printPeer(peer)))
      case 'Host':
        return hostNamed(peer.name)
      case 'Anywhere':
        return outside(peer.of === 'private' ? privateNets : publicNets)
    }
  }
  /** Where a log keeps an address to itself, those behind the service that was meant. */
  const behind = (service: string): FoundEnd | undefined => {
    const ips = [...world.endpoints.services].flatMap(([address, members]) =>
      members.some((it) => it.service === service) ? [printAddressValue(address)] : [],
    )
    return ips.length === 0 ? undefined : outside(ips)
  }
  const known = new Map<string, FoundEnd>()
  return (peer, service) => {
    const key = `${keyOfPeer(peer)} ${service ?? ''}`
    const there = known.get(key)
    if (there !== undefined) return there
    const isHidden = peer._tag === 'Anywhere' || peer._tag === 'Host'
    const found = (isHidden && service !== undefined ? behind(service) : undefined) ?? find(peer)
    known.set(key, found)
    return found
  }
}
