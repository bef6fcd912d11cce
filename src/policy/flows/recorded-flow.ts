import type { Protocol } from '../../model/policy/protocol.js'
import { protocolNumber } from '../../net/protocol-number.js'
import type { Labels } from '../../selector/ast.js'
import { requireFlow, requireIterable } from '../world/given-arguments.js'

/** Pods by name: of one pod, or of all that share a beginning (`web-6b7f9-*`). */
export interface RecordedPods {
  readonly _tag: 'Pods'
  readonly namespace: string
  readonly name: string
  /** Those that all of them have; no others are known. */
  readonly labels?: Labels
  /** The workload that they are of, where the log says so. */
  readonly workload?: string
}

/**
 * An end of a recorded flow, as far as its log tells it: `Anywhere` is an address that the log keeps to itself, of which it
 * says only whether it is of 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16 (`private`).
 */
export type RecordedPeer =
  | RecordedPods
  | { readonly _tag: 'Address'; readonly ip: string }
  | { readonly _tag: 'NetworkSet'; readonly name: string; readonly namespace?: string }
  | { readonly _tag: 'Host'; readonly name: string }
  | { readonly _tag: 'Anywhere'; readonly of: 'public' | 'private' }

/** A flow of a log. **Shape**: `port` 1 to 65535; `count` is the number of records that are alike. */
export interface RecordedFlow {
  readonly from: RecordedPeer
  readonly to: RecordedPeer
  readonly protocol: Protocol
  readonly port?: number
  /** The service that it was sent to, as `shop/api`. */
  readonly service?: string
  /** What the log's own firewall made of it; absent where it was not that of policies. */
  readonly verdict?: 'allowed' | 'denied'
  /** The end at which it was judged; absent where both ends were. */
  readonly reporter?: 'source' | 'destination'
  readonly count: number
}

/** The same for ends that are the same. */
export const keyOfPeer = (peer: RecordedPeer): string => {
  switch (peer._tag) {
    case 'Pods':
      return `${peer.namespace}/${peer.name}/${peer.workload ?? ''}`
    case 'Address':
      return peer.ip
    case 'NetworkSet':
      return `set ${peer.namespace ?? ''}/${peer.name}`
    case 'Host':
      return `host ${peer.name}`
    case 'Anywhere':
      return peer.of
  }
}

const keyOf = ({ from, to, protocol, port, service, verdict, reporter }: RecordedFlow): string =>
  `${keyOfPeer(from)}>${keyOfPeer(to)}>${protocolNumber(protocol)}:${port}>${service}>${verdict}>${reporter}`

/** Flows that are alike as one, with how many they were; most frequent first. */
export const tally = (flows: Iterable<RecordedFlow>): ReadonlyArray<RecordedFlow> => {
  const counts = new Map<string, { readonly flow: RecordedFlow; count: number }>()
  requireIterable(flows, 'a list of recorded flows')
  let place = 0
  for (const flow of flows) {
    requireFlow(flow, [place++])
    const key = keyOf(flow)
    const there = counts.get(key)
    if (there === undefined) counts.set(key, { flow, count: flow.count })
    else there.count += flow.count
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ flow, count }) => ({ ...flow, count }))
}

/** An end in words. */
export const printPeer = (peer: RecordedPeer): string => {
  switch (peer._tag) {
    case 'Pods':
      return `${peer.namespace}/${peer.name}`
    case 'Address':
      return peer.ip
    case 'NetworkSet':
      return peer.namespace === undefined
        ? `GlobalNetworkSet(${peer.name})`
        : `NetworkSet(${peer.namespace}/${peer.name})`
    case 'Host':
      return `host ${peer.name}`
    case 'Anywhere':
      return `a ${peer.of} address`
  }
}

/**
 * A flow in words.
 *
 * @example
 * const end = (name: string) => ({ _tag: 'Pods', namespace: 'shop', name }) as const
 * printFlow({ from: end('web-*'), to: end('api-*'), protocol: 'TCP', port: 80, count: 1 }) // => 'shop/web-* → shop/api-*: TCP 80'
 */
export const printFlow = ({ from, to, protocol, port }: RecordedFlow): string => {
  const name = typeof protocol === 'number' ? `protocol ${protocol}` : protocol
  return `${printPeer(from)} → ${printPeer(to)}: ${name}${port === undefined ? '' : ` ${port}`}`
}
