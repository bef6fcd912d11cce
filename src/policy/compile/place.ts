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
  readonly ofPod: (pod: Workload) => Place
  readonly ofHost: (node: string, at: HostAt) => Place
  /** `pods` are the names of those that have it, where they are several. */
  readonly ofAddress: (ip: string, pods?: ReadonlyArray<string>) => Place
}

type Unnumbered<P> = P extends Place ? Omit<P, 'id'> : never

export const places = (hosts: KnownHosts): Places => {
  const all = new Map<string, Place>()
  const place = (key: string, made: () => Unnumbered<Place>): Place => {
    const there = all.get(key)
    if (there !== undefined) return there
    const fresh = { id: all.size, ...made() } as Place
    all.set(key, fresh)
    return fresh
  }
  const unknown = (missing: string): Place => place(`? ${missing}`, () => ({ _tag: 'Unknown', missing }))
  const ofHost: Places['ofHost'] = (node, at) => {
    if (!hosts.byName.has(node)) return unknown(`what the node ${node} is: the world has no such node`)
    const { interface: name, isNamed, address } = at
    const key = `host ${node} ${name ?? '?'} ${isNamed} ${name === undefined ? address : ''}`
    return place(key, () => ({ _tag: 'Host', node, ...at }))
  }
  return {
    ofPod: ({ node }) => place(`pod ${node ?? '?'}`, () => ({ _tag: 'Pod', node })),
    ofHost,
    ofAddress: (ip, pods = []) => {
      const address = addressValue(ip)
      if (address === undefined) return unknown(`what ${ip} is: neither a pod of the world nor an address`)
      if (pods.length > 1) return unknown(`which of the pods that have ${ip} is meant: ${printNames(pods)}`)
      const [found, ...others] = hosts.having(address)
      if (found !== undefined)
        return others.every(({ node }) => node === found.node)
          ? ofHost(found.node, { interface: found.interface, isNamed: false, address })
          : unknown(`which of the nodes that have ${ip} is meant`)
      return hosts.mayBeAnywhere
        ? unknown(
            `whether ${ip} is a node's: there are host endpoints without addresses, and no nodes are given`,
          )
        : place('outside', () => ({ _tag: 'Outside' }))
    },
  }
}
