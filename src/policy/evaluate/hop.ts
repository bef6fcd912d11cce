import type { Place } from '../compile/place.js'

/** By which a packet comes to a node or leaves it: a pod's own interface, one to elsewhere, or to the node itself. */
export type Gate = 'pod' | 'fabric' | 'loopback' | 'self'

/** A packet's way through one node. */
export interface Hop {
  readonly node: string
  readonly in: Gate
  readonly out: Gate
  /** Whether the end at this node is the one that it comes from: whose interface it goes out by. */
  readonly isFirst: boolean
}

/** The node that rewrites the destination; a service's address is rewritten by the node that the packet comes from. */
export interface Rewriting {
  readonly node: string | undefined
}

const nodeAt = (place: Place): string | undefined =>
  place._tag === 'Pod' || place._tag === 'Host' ? place.node : undefined

const gateOf = ({ _tag }: Place): Gate => (_tag === 'Pod' ? 'pod' : 'self')

/** The nodes that a packet goes through, in order; `undefined` where that is not known. */
export const hopsBetween = (
  from: Place,
  to: Place,
  rewriting?: Rewriting,
): ReadonlyArray<Hop> | undefined => {
  if (from._tag === 'Unknown' || to._tag === 'Unknown') return undefined
  const [source, target] = [nodeAt(from), nodeAt(to)]
  if (from._tag === 'Pod' && source === undefined) return undefined
  if (to._tag === 'Pod' && target === undefined) return undefined
  const via = rewriting?.node
  if (via !== undefined && via !== source && via !== target) {
    const middle: Hop = { node: via, in: 'fabric', out: 'fabric', isFirst: false }
    return [
      ...(source === undefined
        ? []
        : [{ node: source, in: gateOf(from), out: 'fabric' as const, isFirst: true }]),
      middle,
      ...(target === undefined
        ? []
        : [{ node: target, in: 'fabric' as const, out: gateOf(to), isFirst: false }]),
    ]
  }
  if (source !== undefined && source === target) {
    if (from._tag === 'Host' && to._tag === 'Host')
      return [
        { node: source, in: 'self', out: 'loopback', isFirst: true },
        { node: source, in: 'loopback', out: 'self', isFirst: false },
      ]
    return [{ node: source, in: gateOf(from), out: gateOf(to), isFirst: true }]
  }
  return [
    ...(source === undefined
      ? []
      : [{ node: source, in: gateOf(from), out: 'fabric' as const, isFirst: true }]),
    ...(target === undefined
      ? []
      : [{ node: target, in: 'fabric' as const, out: gateOf(to), isFirst: false }]),
  ]
}
