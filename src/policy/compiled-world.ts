import type { IPVersion } from '../model/rule.js'
import type { ResolvedPeer } from './compile/peer-resolver.js'
import { judge } from './evaluate/judge.js'
import type { PolicyWorld } from './evaluate/policy-world.js'
import type { Verdict } from './evaluate/reason.js'
import type { Endpoint, Packet } from './world/flow.js'

/** An end of a flow: a pod of the world as `namespace/name`, an address, or an endpoint that is described. */
export type Peer = string | Endpoint

/** A flow between ends of a compiled world. */
export interface PeerFlow extends Packet {
  readonly from: Peer
  readonly to: Peer
  /** Where both ends have addresses of both families, and it matters. */
  readonly ipVersion?: IPVersion
}

/** A world that was compiled. Values are taken as they are when they are first asked about. */
export interface CompiledWorld {
  /** Whether the flow gets through, and what had a say. */
  readonly verdict: (flow: PeerFlow) => Verdict
}

const remembered = (world: PolicyWorld): ((peer: Peer) => ResolvedPeer) => {
  const named = new Map<string, ResolvedPeer>()
  const described = new WeakMap<Endpoint, ResolvedPeer>()
  const resolve = (name: string): ResolvedPeer => {
    const endpoint = world.endpoints.pods.get(name) ?? ({ _tag: 'Address', ip: name } as const)
    const peer = world.peers.resolve(endpoint)
    named.set(name, peer)
    return peer
  }
  const resolveEndpoint = (endpoint: Endpoint): ResolvedPeer => {
    const peer = world.peers.resolve(endpoint)
    described.set(endpoint, peer)
    return peer
  }
  return (peer) =>
    typeof peer === 'string'
      ? (named.get(peer) ?? resolve(peer))
      : (described.get(peer) ?? resolveEndpoint(peer))
}

export const compiledWorld = (world: PolicyWorld): CompiledWorld => {
  const peerOf = remembered(world)
  return {
    verdict: (flow) => judge(world, { from: peerOf(flow.from), to: peerOf(flow.to) }, flow, flow.ipVersion),
  }
}
