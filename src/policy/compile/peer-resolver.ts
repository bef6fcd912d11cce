import type { HostEndpoint } from '../../model/host/host-endpoint.js'
import { addressValue, familyAt } from '../../net/cidr.js'
import type { Labels } from '../../selector/ast.js'
import { addressesOf, type Entity, entityOfWorkload, listPorts } from '../world/entity.js'
import type { Endpoint, NodeEnd, Workload } from '../world/flow.js'
import type { FilledWorkload, OpenLabels } from '../world/known-labels.js'
import type { ServiceMember } from '../world/service-endpoints.js'
import { loopback, loopbackIPs } from './host-table.js'
import type { KnownHosts } from './known-hosts.js'
import type { NetId } from './net-table.js'
import {
  type EntityClass,
  entityClasses,
  type PeerClass,
  type PeerTraits,
  peerClasses,
} from './peer-class.js'
import { type Place, places } from './place.js'
import { podHoldings } from './pod-holdings.js'
import { podsAt, podsMeant } from './pods-at.js'
import type { TestTable } from './test-table.js'

/** Everything but policies that a world knows. */
export interface GivenEndpoints {
  /** By `namespace/name`. */
  readonly pods: ReadonlyMap<string, Workload>
  /** Pods on their host's network, and the node of each. */
  readonly hostPods: ReadonlyMap<string, string>
  readonly namespaces: ReadonlyMap<string, Labels>
  /** By `namespace/name`; `undefined` where nobody has said which there are. */
  readonly serviceAccounts: ReadonlyMap<string, Labels> | undefined
  /** Network sets and host endpoints. */
  readonly entities: ReadonlyArray<Entity>
  readonly services: ReadonlyMap<bigint, ReadonlyArray<ServiceMember>>
  readonly hosts: KnownHosts
  /** Those that are made of nodes by themselves among them. */
  readonly hostEndpoints: ReadonlyArray<HostEndpoint>
}

/** An endpoint with one of its addresses, or with none that is known. */
export interface PeerAt {
  readonly family: 4 | 6 | undefined
  readonly peer: PeerClass
  readonly place: Place
}

/** An endpoint, with what rules look at worked out once. */
export interface ResolvedPeer {
  readonly endpoint: Endpoint
  readonly isPod: boolean
  /** Whether it is a node, or may be. */
  readonly isHost: boolean
  readonly at: readonly [PeerAt, ...ReadonlyArray<PeerAt>]
}

export interface PeerResolver {
  /** `known` are a pod's labels, where they are worked out already. */
  readonly resolve: (endpoint: Endpoint, known?: OpenLabels) => ResolvedPeer
  /** An address that is no pod's. */
  readonly resolveOutside: (address: bigint | undefined, ip: string) => ResolvedPeer
  /** A pod, a host endpoint or a set, as selectors see it. */
  readonly classOf: (entity: Entity) => EntityClass
  /** A pod with what the world knows of its namespace and service account. */
  readonly filledIn: (pod: Workload) => FilledWorkload
}

const groupBy = <K, A>(pairs: Iterable<readonly [K, A]>): ReadonlyMap<K, ReadonlyArray<A>> => {
  const groups = new Map<K, Array<A>>()
  for (const [key, item] of pairs) {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

/** The pod, with what the world knows of its namespace and service account. */
const filledIn = (pod: Workload, { namespaces, serviceAccounts }: GivenEndpoints): FilledWorkload => {
  const ofNamespace = pod.namespaceLabels ?? namespaces.get(pod.namespace)
  const account = pod.serviceAccount
  const ofAccount =
    pod.serviceAccountLabels ?? (account ? serviceAccounts?.get(`${pod.namespace}/${account}`) : undefined)
  const isGone = Boolean(account) && serviceAccounts !== undefined && ofAccount === undefined
  const isWhole = ofNamespace === pod.namespaceLabels && ofAccount === pod.serviceAccountLabels && !isGone
  if (isWhole) return pod
  return {
    ...pod,
    ...(ofNamespace === undefined ? {} : { namespaceLabels: ofNamespace }),
    ...(ofAccount === undefined ? {} : { serviceAccountLabels: ofAccount }),
    ...(isGone ? { accountIsGone: true } : {}),
  }
}

export const peerResolver = (tests: TestTable, given: GivenEndpoints): PeerResolver => {
  const peerClass = peerClasses()
  const entityClass = entityClasses()
  const known = new Map<Entity, EntityClass>()
  const namedIn = (ports: Entity['ports']): Entity['ports'] => {
    if (tests.portNames.size === 0) return []
    return ports?.filter(({ name }) => tests.portNames.has(name))
  }
  const make = (entity: Entity): EntityClass =>
    entityClass(tests.selectors.holdingOf(entity.known), namedIn(entity.ports))
  const holdingOfPod = podHoldings(tests.selectors)
  const ofPod = (pod: FilledWorkload): EntityClass =>
    entityClass(holdingOfPod(pod), namedIn(listPorts(pod.namedPorts)))
  const classOf = (entity: Entity): EntityClass => {
    const there = known.get(entity) ?? make(entity)
    known.set(entity, there)
    return there
  }
  const sets = given.entities.filter(({ _tag }) => _tag === 'NetworkSet')
  const setsByNet = groupBy(
    sets.flatMap((set) =>
      set.nets.flatMap((net) => {
        const id = tests.nets.intern(net)
        return id === undefined ? [] : [[id, set] as const]
      }),
    ),
  )
  const hosts = groupBy(
    given.entities.flatMap((it) =>
      it._tag === 'HostEndpoint'
        ? it.nets.flatMap((net) => addressValue(net) ?? []).map((address) => [address, it] as const)
        : [],
    ),
  )
  const setsOf = (nets: ReadonlyArray<NetId>): ReadonlyArray<Entity> =>
    nets.flatMap((id) => setsByNet.get(id) ?? [])
  const unique = (classes: ReadonlyArray<EntityClass>): ReadonlyArray<EntityClass> => [...new Set(classes)]
  let everySet: ReadonlyArray<EntityClass> | undefined

  const placed = places(given.hosts)
  /** Of pods at whose address nothing else is, by their own class: most pods are like that. */
  const alone: { readonly [F in 4 | 6]: Array<PeerClass | undefined> } = { 4: [], 6: [] }
  const at = (
    own: EntityClass | undefined,
    address: bigint | undefined,
    place: Place,
    there: ReadonlyArray<EntityClass> = own === undefined ? [] : [own],
  ): PeerAt => {
    if (address === undefined) {
      everySet ??= unique(sets.map(classOf))
      const peer = peerClass({
        own,
        family: undefined,
        hasAddress: false,
        entities: there,
        perhaps: everySet,
        nets: new Set(),
        services: [],
      })
      return { family: undefined, peer, place }
    }
    const nets = tests.nets.containing(address)
    const family = familyAt(address)
    const found = hosts.get(address) ?? []
    const services = given.services.get(address) ?? []
    const traits = (): PeerTraits => ({
      own,
      family,
      hasAddress: true,
      entities: unique([...there, ...setsOf(nets).map(classOf), ...found.map(classOf)]),
      perhaps: [],
      nets: new Set(nets.filter((id) => tests.ruleNets.has(id))),
      services: services.filter(({ service }) => tests.services.has(service)),
    })
    const isAlone = own !== undefined && nets.length + found.length + services.length === 0
    if (!isAlone) return { family, peer: peerClass(traits()), place }
    const peer = alone[family][own.id] ?? peerClass(traits())
    alone[family][own.id] = peer
    return { family, peer, place }
  }

  const podClassesAt = (address: bigint | undefined): ReadonlyArray<EntityClass> =>
    (address === undefined ? [] : podsAt(given.pods, address))
      .flatMap((name) => given.pods.get(name) ?? [])
      .map((pod) => ofPod(filledIn(pod, given)))

  const outside = (address: bigint | undefined, place: Place): PeerAt =>
    at(undefined, address, place, podClassesAt(address))
  const addressesOfNode = ({ name, interface: iface, ip }: NodeEnd): ReadonlyArray<bigint> => {
    const node = given.hosts.byName.get(name)
    const ofInterface = iface === undefined ? undefined : node?.interfaces?.[iface]
    const ofLoopback = iface === loopback ? loopbackIPs : undefined
    const ips = ip === undefined ? (ofInterface ?? ofLoopback ?? node?.ips ?? []) : [ip]
    return [...new Set(ips.flatMap((it) => addressValue(it) ?? []))]
  }
  const resolveNode = (endpoint: NodeEnd): ResolvedPeer => {
    const { name, interface: named } = endpoint
    const at = (address: bigint | undefined): PeerAt => {
      const [owner] =
        address === undefined ? [] : given.hosts.having(address).filter(({ node }) => node === name)
      const isNamed = named !== undefined
      return outside(address, placed.ofHost(name, { interface: named ?? owner?.interface, isNamed, address }))
    }
    const [first, ...rest] = addressesOfNode(endpoint)
    return { endpoint, isPod: false, isHost: true, at: [at(first), ...rest.map(at)] }
  }
  const ofAddress = (
    ip: string,
    pods?: ReadonlyArray<string>,
  ): Omit<ResolvedPeer, 'at'> & { readonly place: Place } => {
    const place = placed.ofAddress(ip, pods)
    return { endpoint: { _tag: 'Address', ip }, isPod: false, isHost: place._tag !== 'Outside', place }
  }

  return {
    classOf,
    filledIn: (pod) => filledIn(pod, given),
    resolveOutside: (address, ip) => {
      const { place, ...peer } = ofAddress(ip)
      return { ...peer, at: [at(undefined, address, place)] }
    },
    resolve: (endpoint, labels) => {
      if (endpoint._tag === 'Node') return resolveNode(endpoint)
      if (endpoint._tag === 'Address') {
        const address = addressValue(endpoint.ip)
        const { place, ...peer } = ofAddress(endpoint.ip, podsMeant(given, address))
        return { ...peer, at: [outside(address, place)] }
      }
      const pod = filledIn(endpoint, given)
      const own = labels === undefined ? ofPod(pod) : make(entityOfWorkload(pod, labels))
      const [first, ...rest] = addressesOf(endpoint)
      const place = placed.ofPod(pod)
      return {
        endpoint: pod,
        isPod: true,
        isHost: false,
        at: [at(own, first, place), ...rest.map((it) => at(own, it, place))],
      }
    },
  }
}
