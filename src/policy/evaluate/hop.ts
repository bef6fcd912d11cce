import type { Place } from '../compile/place.js'

/** By which a packet comes to a node or leaves it: a pod's own interface, one to elsewhere, or to the node itself. */
export type Gate = 'pod' | 'fabric' | 'loopback' | 'self'

/** A packet's way through one node. */
export interface Hop {
  readonly node: string
  readonly in: Gate
  readonly out: Gate
  /** Which end is at this node; neither, where it only passes the packet on. */
  readonly end: 'from' | 'to' | undefined
}

export const nodeAt = (place: Place): string | undefined =>
  place._tag === 'Pod' || place._tag === 'Host' ? place.node : undefined

const gateOf = ({ _tag }: Place): Gate => (_tag === 'Pod' ? 'pod' : 'self')

/** The nodes that a packet goes through, in order, one on the way among them; `undefined` where that is not known. */
export const hopsBetween = (from: Place, to: Place, via?: string): ReadonlyArray<Hop> | undefined => {
  if (from._tag === 'Unknown' || to._tag === 'Unknown') return undefined
  const [source, target] = [nodeAt(from), nodeAt(to)]
  if (from._tag === 'Pod' && source === undefined) return undefined
  if (to._tag === 'Pod' && target === undefined) return undefined
  if (via !== undefined && via !== source && via !== target) {
    const middle: Hop = { node: via, in: 'fabric', out: 'fabric', end: undefined }
    return [
      ...(source === undefined
        ? []
        : [{ node: source, in: gateOf(from), out: 'fabric' as const, end: 'from' as const }]),
      middle,
      ...(target === undefined
        ? []
        : [{ node: target, in: 'fabric' as const, out: gateOf(to), end: 'to' as const }]),
    ]
  }
  if (source !== undefined && source === target) {
    if (from._tag === 'Host' && to._tag === 'Host')
      return [
        { node: source, in: 'self', out: 'loopback', end: 'from' },
        { node: source, in: 'loopback', out: 'self', end: 'to' },
      ]
    return [{ node: source, in: gateOf(from), out: gateOf(to), end: 'from' }]
  }
  return [
    ...(source === undefined
      ? []
      : [{ node: source, in: gateOf(from), out: 'fabric' as const, end: 'from' as const }]),
    ...(target === undefined
      ? []
      : [{ node: target, in: 'fabric' as const, out: gateOf(to), end: 'to' as const }]),
  ]
}
