import { addressValue, familyAt } from '../../net/cidr.js'
import { type Entity, listPorts } from '../world/entity.js'
import type { FilledWorkload } from '../world/known-labels.js'
import type { GivenEndpoints } from './given-endpoints.js'
import { internNet, type NetId, netsContaining } from './net-table.js'
import {
  type EntityClass,
  type EntityClasses,
  entityClassOf,
  type PeerClass,
  type PeerClasses,
  peerClassOf,
} from './peer-class.js'
import { holdingOfPod, type PodHoldings, podHoldings } from './pod-holdings.js'
import { holdingOf } from './selector-table.js'
import type { TestTable } from './test-table.js'

/** Classes of peers of a world, as far as they were asked about. */
export interface PeerTable {
  readonly tests: TestTable
  readonly given: GivenEndpoints
  readonly peers: PeerClasses
  readonly entities: EntityClasses
  readonly holdings: PodHoldings
  /** Sets and host endpoints that were asked about. */
  readonly known: Map<Entity, EntityClass>
  readonly sets: ReadonlyArray<Entity>
  readonly setsByNet: ReadonlyMap<NetId, ReadonlyArray<Entity>>
  /** Host endpoints by their addresses. */
  readonly hosts: ReadonlyMap<bigint, ReadonlyArray<Entity>>
  /** Of pods at whose address nothing else is, by their own class: most pods are like that. */
  readonly alone: { readonly [F in 4 | 6]: Array<PeerClass | undefined> }
  /** What may be at an address that nobody knows. */
  everySet: ReadonlyArray<EntityClass> | undefined
}

const put = <K, A>(groups: Map<K, Array<A>>, key: K, item: A): void => {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}

export const peerTable = (tests: TestTable, given: GivenEndpoints): PeerTable => {
  const sets: Array<Entity> = []
  const setsByNet = new Map<NetId, Array<Entity>>()
  const hosts = new Map<bigint, Array<Entity>>()
  for (const entity of given.entities) {
    if (entity._tag === 'NetworkSet') sets.push(entity)
    for (const net of entity._tag === 'Workload' ? [] : entity.nets) {
      const key = entity._tag === 'NetworkSet' ? internNet(tests.nets, net) : addressValue(net)
      if (typeof key === 'number') put(setsByNet, key, entity)
      else if (key !== undefined) put(hosts, key, entity)
    }
  }
  return {
    tests,
    given,
    peers: new Map(),
    entities: new Map(),
    holdings: podHoldings(tests.selectors),
    known: new Map(),
    sets,
    setsByNet,
    hosts,
    alone: { 4: [], 6: [] },
    everySet: undefined,
  }
}

const noPorts: NonNullable<Entity['ports']> = []

/** Those ports that rules name. */
const portsNamed = ({ portNames }: TestTable, ports: Entity['ports']): Entity['ports'] =>
  portNames.size === 0 ? noPorts : ports?.filter(({ name }) => portNames.has(name))

export const classOfPod = ({ tests, holdings, entities }: PeerTable, pod: FilledWorkload): EntityClass => {
  const ports = tests.portNames.size === 0 ? noPorts : portsNamed(tests, listPorts(pod.namedPorts))
  return entityClassOf(entities, holdingOfPod(holdings, pod), ports)
}

/** The class of what nobody has asked about before. */
export const firstClassOf = ({ tests, entities }: PeerTable, { known, ports }: Entity): EntityClass =>
  entityClassOf(entities, holdingOf(tests.selectors, known), portsNamed(tests, ports))

/** A pod, a host endpoint or a set, as selectors see it. */
export const classOf = (table: PeerTable, entity: Entity): EntityClass => {
  const there = table.known.get(entity)
  if (there !== undefined) return there
  const made = firstClassOf(table, entity)
  table.known.set(entity, made)
  return made
}

const nothing: ReadonlyArray<never> = []

/** An endpoint none of whose addresses is known. */
const peerAnywhere = (
  table: PeerTable,
  own: EntityClass | undefined,
  there: ReadonlyArray<EntityClass>,
): PeerClass => {
  table.everySet ??= [...new Set(table.sets.map((it) => classOf(table, it)))]
  return peerClassOf(table.peers, {
    own,
    family: undefined,
    hasAddress: false,
    entities: there,
    perhaps: table.everySet,
    nets: new Set(),
    services: [],
  })
}

/** A pod with an address at which something else is, or what has one that is no pod's. */
const peerAmong = (
  table: PeerTable,
  own: EntityClass | undefined,
  address: bigint,
  there: ReadonlyArray<EntityClass>,
): PeerClass => {
  const { tests, given, setsByNet, hosts, peers } = table
  const nets = netsContaining(tests.nets, address)
  const found = [...nets.flatMap((id) => setsByNet.get(id) ?? nothing), ...(hosts.get(address) ?? nothing)]
  return peerClassOf(peers, {
    own,
    family: familyAt(address),
    hasAddress: true,
    entities: [...new Set([...there, ...found.map((it) => classOf(table, it))])],
    perhaps: nothing,
    nets: new Set(nets.filter((id) => tests.ruleNets.has(id))),
    services: (given.services.get(address) ?? nothing).filter(({ service }) => tests.services.has(service)),
  })
}

/** What has no policies of its own, with what is at its address. */
export const peerOutside = (
  table: PeerTable,
  address: bigint | undefined,
  there: ReadonlyArray<EntityClass>,
): PeerClass =>
  address === undefined ? peerAnywhere(table, undefined, there) : peerAmong(table, undefined, address, there)

const isAlone = ({ tests, given, hosts }: PeerTable, address: bigint): boolean =>
  netsContaining(tests.nets, address).length === 0 &&
  (hosts.size === 0 || !hosts.has(address)) &&
  (given.services.size === 0 || (given.services.get(address) ?? nothing).length === 0)

/** A pod of a class with one of its addresses. */
export const peerOfPod = (table: PeerTable, own: EntityClass, address: bigint | undefined): PeerClass => {
  if (address === undefined) return peerAnywhere(table, own, [own])
  if (!isAlone(table, address)) return peerAmong(table, own, address, [own])
  const alone = table.alone[familyAt(address)]
  const there = alone[own.id]
  if (there !== undefined) return there
  const peer = peerAmong(table, own, address, [own])
  alone[own.id] = peer
  return peer
}
