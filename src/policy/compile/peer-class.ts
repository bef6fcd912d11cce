import type { NamedPort } from '../world/flow.js'
import type { ServiceMember } from '../world/service-endpoints.js'
import type { NetId } from './net-table.js'
import type { Holding } from './selector-table.js'

/** Pods, hosts and sets that no selector and no named port tells apart. */
export interface EntityClass {
  readonly id: number
  readonly holding: Holding
  /** Those that rules name; `undefined` where they are not known. */
  readonly ports: ReadonlyArray<NamedPort> | undefined
}

/** What rules can see of an endpoint with one of its addresses. */
export interface PeerTraits {
  /** A pod, by its own labels: what policies select. */
  readonly own: EntityClass | undefined
  readonly family: 4 | 6 | undefined
  readonly hasAddress: boolean
  /** What is at the address: the pod itself, and sets and host endpoints that contain it. */
  readonly entities: ReadonlyArray<EntityClass>
  /** What may be there, where the address is not known. */
  readonly perhaps: ReadonlyArray<EntityClass>
  /** The networks that rules name, and it is in. */
  readonly nets: ReadonlySet<NetId>
  readonly services: ReadonlyArray<ServiceMember>
}

/** Peers that no policy tells apart. */
export interface PeerClass extends PeerTraits {
  readonly id: number
}

const inOrder = (ids: ReadonlyArray<number>): string => (ids.length < 2 ? `${ids}` : [...ids].sort().join())
const idOf = ({ id }: { readonly id: number }): number => id
const memberText = ({ service, protocol, port }: ServiceMember): string => `${service}:${protocol}:${port}`

const keyOf = ({ own, family, hasAddress, entities, nets, services }: PeerTraits): string => {
  const members = services.length === 0 ? '' : services.map(memberText).sort().join()
  return `${own?.id};${family};${hasAddress};${inOrder(entities.map(idOf))};${inOrder([...nets])};${members}`
}

/** Each class of peers once, by what tells them apart. */
export type PeerClasses = Map<string, PeerClass>

export const peerClassOf = (classes: PeerClasses, traits: PeerTraits): PeerClass => {
  const key = keyOf(traits)
  const there = classes.get(key)
  if (there !== undefined) return there
  const fresh: PeerClass = { id: classes.size, ...traits }
  classes.set(key, fresh)
  return fresh
}

/** Each class of entities once, by what tells them apart. */
export type EntityClasses = Map<string, EntityClass>

const portText = ({ name, port, protocol = 'TCP' }: NamedPort): string => `${name}:${port}:${protocol}`

export const entityClassOf = (
  classes: EntityClasses,
  holding: Holding,
  ports: EntityClass['ports'],
): EntityClass => {
  const named = ports === undefined ? 'unknown' : ports.length === 0 ? '' : ports.map(portText).sort().join()
  const key = `${holding.id} ${named}`
  const there = classes.get(key)
  if (there !== undefined) return there
  const fresh: EntityClass = { id: classes.size, holding, ports }
  classes.set(key, fresh)
  return fresh
}
