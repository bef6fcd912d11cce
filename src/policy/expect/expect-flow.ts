import { orThrow } from '../../error.js'
import type { Protocol } from '../../model/policy/protocol.js'
import { type CompiledWorld, insideOf, type Peer, type PeerFlow } from '../compiled-world.js'
import type { Decision } from '../evaluate/reason.js'
import { namedPeer } from '../query/named-peer.js'
import { printExplanation } from '../query/print-explanation.js'
import type { Packet } from '../world/flow.js'
import { noteVerdict } from './rule-coverage.js'

/** What a flow is to come to. Each throws an `Error` whose message is the way of the flow, where it comes to something else. */
export interface FlowExpectation {
  readonly toBeAllowed: () => void
  readonly toBeDenied: () => void
  readonly toBeUnknown: () => void
}

/** A flow with both of its ends. */
export interface FlowTo {
  /** What is sent: a protocol, and its port where it has ports; or a whole packet. */
  readonly on: (what: Protocol | Packet, port?: number) => FlowExpectation
}

/** A flow with the end that it comes from. */
export interface FlowFrom {
  /** A pod of the world as `shop/api`, a node as `node:name`, an address, or an endpoint that is described. */
  readonly to: (peer: Peer) => FlowTo
}

const words: Readonly<Record<Decision, string>> = {
  allowed: 'be allowed',
  denied: 'be denied',
  unknown: 'not be known',
}

const nameOf = (peer: Peer): string => {
  if (typeof peer === 'string') return peer
  switch (peer._tag) {
    case 'Address':
      return peer.ip
    case 'Node':
      return `node:${peer.name}`
    case 'Workload':
      return `${peer.namespace}/${peer.name ?? ''}`
  }
}

const packetOf = (what: Protocol | Packet, port: number | undefined): Packet =>
  typeof what === 'object' ? what : { protocol: what, ...(port === undefined ? {} : { port }) }

const printPacket = ({ protocol, port, icmp }: Packet): string =>
  [
    typeof protocol === 'number' ? `protocol ${protocol}` : protocol,
    port,
    icmp && `type ${icmp.type} code ${icmp.code}`,
  ]
    .filter((it) => it !== undefined)
    .join(' ')

/** Where `expect` itself is no part of the place that a runner shows. */
const failed = (message: string, from: unknown): Error => {
  const error = new Error(message)
  Error.captureStackTrace?.(error, from as () => void)
  return error
}

const expectation = (world: CompiledWorld, flow: PeerFlow): FlowExpectation => {
  const toBe = (wanted: Decision, from: () => void): void => {
    const verdict = world.verdict(flow)
    noteVerdict(world, verdict)
    if (verdict.decision === wanted) return
    const what = `${nameOf(flow.from)} → ${nameOf(flow.to)}: ${printPacket(flow)}`
    throw failed(
      `expected ${what} to ${words[wanted]}, but it is ${printExplanation(world.explain(flow))}`,
      from,
    )
  }
  const made: FlowExpectation = {
    toBeAllowed: () => toBe('allowed', made.toBeAllowed),
    toBeDenied: () => toBe('denied', made.toBeDenied),
    toBeUnknown: () => toBe('unknown', made.toBeUnknown),
  }
  return made
}

/**
 * A unit test of policies, for any test runner: `expectFlow(world).from(pod).to(pod).on('TCP', 443).toBeAllowed()`. Fails
 * with the way of the flow, rule by rule. What the flows of a world hit is what `ruleCoverage` reports.
 *
 * **Errors**: throws, as test runners want it: where the flow comes to something else, and where there is no such pod, with
 * the one that is probably meant.
 *
 * @example
 * const pods = ['web', 'api'].map((name) => ({ _tag: 'Workload', namespace: 'shop', name }))
 * const world = orThrow(compile({ resources: [networkPolicy('none', 'shop').denyIngress()], pods }))
 * expectFlow(world).from('shop/web').to('shop/api').on('TCP', 443).toBeDenied()
 */
export const expectFlow = (world: CompiledWorld): { readonly from: (peer: Peer) => FlowFrom } => {
  const inside = insideOf(world)
  const known = (peer: Peer): Peer => (typeof peer === 'string' ? orThrow(namedPeer(inside, peer)) : peer)
  return {
    from: (source) => {
      const from = known(source)
      return {
        to: (destination) => {
          const to = known(destination)
          return { on: (what, port) => expectation(world, { from, to, ...packetOf(what, port) }) }
        },
      }
    },
  }
}
