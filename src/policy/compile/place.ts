import { addressValue } from '../../net/cidr.js'
import type { Workload } from '../world/flow.js'
import type { KnownHosts } from './known-hosts.js'

/** Where an end of a flow is: which nodes' chains its packets meet hangs on that. */
export type Place =
  | { readonly _tag: 'Pod'; readonly id: number; readonly node: string | undefined }
  /** A node itself, by an interface where that is known. */
  | {
      readonly _tag: 'Host'
      readonly id: number
      readonly node: string
      readonly interface: string | undefined
      readonly address: bigint | undefined
    }
  | { readonly _tag: 'Outside'; readonly id: number }
  /** Nobody knows; what is missing. */
  | { readonly _tag: 'Unknown'; readonly id: number; readonly missing: string }

/** Each place once. */
export interface Places {
  readonly ofPod: (pod: Workload) => Place
  readonly ofHost: (node: string, interfaceName: string | undefined, address: bigint | undefined) => Place
  readonly ofAddress: (ip: string) => Place
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
  const ofHost: Places['ofHost'] = (node, name, address) => {
    if (!hosts.byName.has(node)) return unknown(`what the node ${node} is: none of the world`)
    return place(`host ${node} ${name ?? '?'} ${name === undefined ? address : ''}`, () => ({
      _tag: 'Host',
      node,
      interface: name,
      address,
    }))
  }
  return {
    ofPod: ({ node }) => place(`pod ${node ?? '?'}`, () => ({ _tag: 'Pod', node })),
    ofHost,
    ofAddress: (ip) => {
      const address = addressValue(ip)
      if (address === undefined) return unknown(`what ${ip} is: no pod of the world, and no address`)
      const [found, ...others] = hosts.having(address)
      if (found !== undefined)
        return others.every(({ node }) => node === found.node)
          ? ofHost(found.node, found.interface, address)
          : unknown(`which of the nodes that have ${ip} is meant`)
      return hosts.mayBeAnywhere
        ? unknown(
            `whether ${ip} is a node's: there are host endpoints without addresses, and no nodes are given`,
          )
        : place('outside', () => ({ _tag: 'Outside' }))
    },
  }
}
