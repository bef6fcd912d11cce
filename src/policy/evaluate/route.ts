import type { Place } from '../compile/place.js'
import type { Flow } from '../world/flow.js'
import { type Hop, hopsBetween, nodeAt } from './hop.js'

/** The node that rewrites the destination: for the address of a service the first one on the way, which nobody has named. */
export interface Rewriting {
  readonly node: string | undefined
}

/** What is known of a way beside its ends. */
export interface WayAbout {
  readonly interface?: string | undefined
  readonly rewriting?: Rewriting | undefined
  readonly through?: Flow['through'] | undefined
}

/** A way that a packet may go, node by node. */
export interface Route {
  readonly hops: ReadonlyArray<Hop>
  /** The node that it would go through, where nobody has named one. */
  readonly by: string | undefined
  readonly rewriting: Rewriting | undefined
}

/** Why it is not known which way it goes. */
export interface NoRoute {
  readonly missing: ReadonlyArray<string>
}

const nowhere: NoRoute = { missing: [] }

/**
 * The ways that a packet may go. What comes from outside to the outside, or to the address of a service, may meet any node
 * on its way, or the one that is named.
 */
export const routesBetween = (
  [from, to]: readonly [Place, Place],
  { rewriting, through }: WayAbout,
  nodes: ReadonlyMap<string, unknown>,
): ReadonlyArray<Route> | NoRoute => {
  const named = rewriting?.node ?? through?.node
  if (through !== undefined && !nodes.has(through.node))
    return { missing: [`what the node ${through.node} is: the world has no such node`] }
  if (through !== undefined && through.node !== named)
    return {
      missing: [`whether ${through.node} passes it on before or after ${named} turns it to where it goes`],
    }
  const route = (via: string | undefined, by?: string): ReadonlyArray<Route> => {
    const hops = hopsBetween(from, to, via)
    const turned =
      rewriting?.node === undefined && from._tag === 'Outside' ? rewriting && { node: via } : rewriting
    return hops === undefined ? [] : [{ hops, by, rewriting: turned }]
  }
  const plain = route(named)
  if (plain.length === 0) return nowhere
  const isOpen =
    named === undefined && from._tag === 'Outside' && (to._tag === 'Outside' || rewriting !== undefined)
  if (!isOpen) return plain
  const others = [...nodes.keys()].filter((node) => node !== nodeAt(to))
  return [...plain, ...others.flatMap((node) => route(node, node))]
}
