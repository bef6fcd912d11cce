import { addressValue } from '../../net/cidr.js'
import type { Workload } from '../world/flow.js'
import type { KnownHosts } from './known-hosts.js'
import { printNames } from './pods-at.js'

/** Where an end of a flow is: which nodes' chains its packets meet hangs on that. */
export type Place =
  | { readonly _tag: 'Pod'; readonly id: number; readonly node: string | undefined }
  /** A node itself, by an interface where that is known. */
  | {
      readonly _tag: 'Host'
      readonly id: number
      readonly node: string
      /** The interface that the end names, or that has its address. */
      readonly interface: string | undefined
      /** Whether the end names it: then it is the one by which packets come and go, whatever a flow says. */
      readonly isNamed: boolean
      readonly address: bigint | undefined
    }
  | { readonly _tag: 'Outside'; readonly id: number }
  /** Nobody knows; what is missing. */
  | { readonly _tag: 'Unknown'; readonly id: number; readonly missing: string }

/** What is known of where an end is at its node. */
export type HostAt = Pick<Extract<Place, { readonly _tag: 'Host' }>, 'interface' | 'isNamed' | 'address'>

/** Each place once. */
export interface Places {
  readonly hosts: KnownHosts
  readonly all: Map<string, Place>
}

export const places = (hosts: KnownHosts): Places => ({ hosts, all: new Map() })

const put = ({ all }: Places, key: string, fresh: Place): Place => {
  all.set(key, fresh)
  return fresh
}

const unknownPlace = (places: Places, missing: string): Place => {
  const key = `? ${missing}`
  const { all } = places
  return all.get(key) ?? put(places, key, { _tag: 'Unknown', id: all.size, missing })
}

export const placeOfPod = (places: Places, { node }: Workload): Place => {
  const key = `pod ${node ?? '?'}`
  const { all } = places
  return all.get(key) ?? put(places, key, { _tag: 'Pod', id: all.size, node })
}

export const placeOfHost = (places: Places, node: string, at: HostAt): Place => {
  const { all, hosts } = places
  if (!hosts.byName.has(node))
    return unknownPlace(places, `what the node ${node} is: the world has no such node`)
  const { interface: name, isNamed, address } = at
  const key = `host ${node} ${name ?? '?'} ${isNamed} ${name === undefined ? address : ''}`
  return all.get(key) ?? put(places, key, { _tag: 'Host', id: all.size, node, ...at })
}

/** `pods` are the names of those that have it, where they are several. */
export const placeOfAddress = (places: Places, ip: string, pods: ReadonlyArray<string> = []): Place => {
  const { all, hosts } = places
  const address = addressValue(ip)
  if (address === undefined)
    return unknownPlace(places, `what ${ip} is: neither a pod of the world nor an address`)
  if (pods.length > 1)
    return unknownPlace(places, `which of the pods that have ${ip} is meant: ${printNames(pods)}`)
  const [found, ...others] = hosts.having(address)
  if (found !== undefined)
    return others.every(({ node }) => node === found.node)
      ? placeOfHost(places, found.node, { interface: found.interface, isNamed: false, address })
      : unknownPlace(places, `which of the nodes that have ${ip} is meant`)
  return hosts.mayBeAnywhere
    ? unknownPlace(
        places,
        `whether ${ip} is a node's: there are host endpoints without addresses, and no nodes are given`,
      )
    : (all.get('outside') ?? put(places, 'outside', { _tag: 'Outside', id: all.size }))
}
