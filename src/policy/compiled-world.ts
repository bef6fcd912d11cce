import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, orThrow } from '../error.js'
import { describeGiven } from '../model/codec/issue.js'
import type { ResolvedPeer } from './compile/peer-resolver.js'
import { podAt } from './compile/pods-at.js'
import { type ClassConnectivity, classConnectivity } from './connectivity/class-connectivity.js'
import { changeWorld } from './evaluate/change-world.js'
import { judge } from './evaluate/judge.js'
import type { PolicyWorld } from './evaluate/policy-world.js'
import type { Verdict } from './evaluate/reason.js'
import type { Pair } from './evaluate/way.js'
import { type Exposure, exposureOf } from './prove/exposure.js'
import { findInIntent, type Intent } from './prove/intent.js'
import { asProof, type Proof, type ProofOptions } from './prove/proof.js'
import { redundant } from './prove/redundancy.js'
import { explainFlow } from './query/explain.js'
import type { Explanation } from './query/explanation.js'
import { namedEnd } from './query/named-peer.js'
import { peersOfPolicy, peersOfSelector, type SelectedPeers } from './query/peers-of.js'
import { policiesOf, type SelectingPolicy } from './query/policies-of.js'
import { checkRemoval } from './query/removal.js'
import { type Idle, idle, type RulePlace, unusedRules } from './query/unused.js'
import { type Endpoint, type Flow, isEndpoint, type Network } from './world/flow.js'
import { requireEndpoints, requireFlow, requireIterable } from './world/given-arguments.js'
import { decodeChange } from './world/given-world.js'
import { type Reading, readWorld } from './world/read-world.js'
import type { WorldChange } from './world/world.js'
import type { WorldParts } from './world/world-parts.js'
import { type Noted, worldNotes } from './world-notes.js'

/**
 * An end of a flow: a pod of the world as `namespace/name`, a node as `node:name` or `node:name/interface`, an address,
 * or an endpoint that is described. The address of a pod or a node of the world stands for it.
 */
export type Peer = string | Endpoint

/** A flow between ends of a compiled world. */
export interface PeerFlow extends Omit<Flow, 'from' | 'to'> {
  readonly from: Peer
  readonly to: Peer
}

/** A world that was compiled. Values are taken as they are when they are first asked about. */
export interface CompiledWorld {
  /** Whether the flow gets through, and what had a say. */
  readonly verdict: (flow: PeerFlow) => Noted<Verdict>
  /** The same, with every rule that was asked, also those that did not match. */
  readonly explain: (flow: PeerFlow) => Noted<Explanation>
  /** Who can talk to whom, by classes: all pods of the world, and more endpoints, nodes and networks by their names. */
  readonly connectivity: (more?: Readonly<Record<string, Endpoint | Network>>) => ClassConnectivity
  /**
   * The policies that select a pod, a node or, as `HostEndpoint(node-1)`, a host endpoint, in the order in which they are
   * asked. Throws `Invalid` (`no-such-peer`) for a name that the world has not, with the one that is probably meant.
   */
  readonly policiesOf: (peer: Peer) => ReadonlyArray<SelectingPolicy>
  /** What a selector finds: pods, host endpoints, network sets, or nothing. */
  readonly peersOf: (selector: string) => E.Either<Invalid, SelectedPeers>
  /** What a policy applies to, by its name as `NetworkPolicy(shop/api)`; `undefined` where there is none of that name. */
  readonly peersOfPolicy: (policy: string) => SelectedPeers | undefined
  /** The rules that none of the flows meets. */
  readonly unusedRules: (flows: Iterable<PeerFlow>) => ReadonlyArray<RulePlace>
  /**
   * The world after a change, without compiling anew what stays: manifests to put in, in place of those of the same kind
   * and name, and what to take away, as `NetworkPolicy(shop/api)` or `Pod(shop/web)`. This world stays as it is. An issue
   * for what is to go and is not there (`no-such-resource`), with what is probably meant.
   */
  readonly with: (change: WorldChange) => E.Either<Invalid, CompiledWorld>
  /**
   * What a pod's own policies leave open to anybody, pods that do not exist yet included, in both directions. An issue for a
   * node or an address (`no-such-peer`): `connectivity` has who reaches those.
   */
  readonly exposure: (peer: Peer) => E.Either<Invalid, Exposure>
  /** Whether all flows of an intent are allowed: one between pods of the world, or all that may ever come. */
  readonly allows: (intent: Intent, options?: ProofOptions) => Proof
  /** Whether none of them is. */
  readonly forbids: (intent: Intent, options?: ProofOptions) => Proof
  /** Whether a policy, by its name as `NetworkPolicy(shop/api)`, makes no difference to any flow. */
  readonly redundant: (policy: string, options?: ProofOptions) => Proof
  /**
   * What of the world has no say in any answer, and why: policies that this Calico does not enforce (`not-enforced`), rules of
   * those that it does not take as they are, policies that something else enforces (`foreign-policy`), and the kinds of
   * objects that nothing asks about (`unknown-kind`).
   */
  readonly passedOver: ReadonlyArray<Issue>
  /** Policies that select no pod and no host endpoint, and pods that no policy selects. */
  readonly idle: () => Idle
}

const nodePrefix = 'node:'

const namedEndpoint = ({ endpoints: { pods, hostPods } }: PolicyWorld, name: string): Endpoint => {
  const node = hostPods.get(name)
  if (node !== undefined) return { _tag: 'Node', name: node }
  if (!name.startsWith(nodePrefix)) return pods.get(name) ?? { _tag: 'Address', ip: name }
  const [host = '', iface] = name.slice(nodePrefix.length).split('/')
  return { _tag: 'Node', name: host, ...(iface === undefined ? {} : { interface: iface }) }
}

const remembered = (world: PolicyWorld): ((peer: Peer) => ResolvedPeer) => {
  const named = new Map<string, ResolvedPeer>()
  const described = new WeakMap<Endpoint, ResolvedPeer>()
  /** An address that one pod has stands for that pod, as a node's does for the node. */
  const resolved = (endpoint: Endpoint): ResolvedPeer => {
    const pod = endpoint._tag === 'Address' ? podAt(world.endpoints, endpoint.ip) : undefined
    return world.peers.resolve(pod === undefined ? endpoint : (world.endpoints.pods.get(pod) ?? endpoint))
  }
  const resolve = (name: string): ResolvedPeer => {
    const peer = resolved(namedEndpoint(world, name))
    named.set(name, peer)
    return peer
  }
  const resolveEndpoint = (endpoint: Endpoint): ResolvedPeer => {
    if (!isEndpoint(endpoint)) return world.peers.resolve({ _tag: 'Address', ip: describeGiven(endpoint) })
    const peer = resolved(endpoint)
    described.set(endpoint, peer)
    return peer
  }
  return (peer) =>
    typeof peer === 'string'
      ? (named.get(peer) ?? resolve(peer))
      : (described.get(peer) ?? resolveEndpoint(peer))
}

const insides = new WeakMap<CompiledWorld, PolicyWorld>()

/** What a compiled world is made of; `undefined` for one that something else has made. */
export const policyWorldOf = (world: CompiledWorld): PolicyWorld | undefined => insides.get(world)

/** What was passed over before a change and is still there, and what comes with it. */
const passedOverAfter = (
  before: ReadonlyArray<Issue> = [],
  put: WorldParts,
  remove: ReadonlyArray<string>,
): ReadonlyArray<Issue> => {
  const gone = new Set([...remove, ...(put.passedOver ?? []).map(({ resource }) => resource)])
  return [
    ...before.filter(({ resource }) => resource === undefined || !gone.has(resource)),
    ...(put.passedOver ?? []),
  ]
}

/** What is behind a compiled world, for questions that are asked beside it. */
export const insideOf = (world: CompiledWorld): PolicyWorld => {
  const inside = policyWorldOf(world)
  if (inside === undefined)
    throw new TypeError(
      'this is not a world that `compile` made: pass what is in its Right, as orThrow(compile(…))',
    )
  return inside
}

export const compiledWorld = (world: PolicyWorld, reading: Reading): CompiledWorld => {
  const notes = worldNotes(world.parts)
  const peerOf = remembered(world)
  const peersOf = (flow: PeerFlow): Pair<ResolvedPeer> => {
    requireFlow(flow)
    return { from: peerOf(flow.from), to: peerOf(flow.to) }
  }
  const verdict = (flow: PeerFlow): Noted<Verdict> => notes.on(judge(world, peersOf(flow), flow, flow))
  const compiled: CompiledWorld = {
    verdict,
    explain: (flow) => notes.on(explainFlow(world, peersOf(flow), flow, flow)),
    connectivity: (more = {}) => {
      requireEndpoints(more)
      return classConnectivity(world, [...world.endpoints.pods, ...Object.entries(more)])
    },
    policiesOf: (peer) =>
      policiesOf(world, peerOf(orThrow(namedEnd(world, peer)))).map((it) =>
        notes.isUncertain(it.policy) ? { ...it, certain: false } : it,
      ),
    peersOf: (selector) => peersOfSelector(world, selector),
    peersOfPolicy: (policy) => peersOfPolicy(world, policy),
    unusedRules: (flows) => {
      requireIterable(flows, 'a list of flows')
      const verdicts = function* () {
        let place = 0
        for (const flow of flows) {
          requireFlow(flow, [place++])
          yield verdict(flow)
        }
      }
      return unusedRules(world, verdicts())
    },
    exposure: (peer) => E.chain((end: Peer) => exposureOf(world, peerOf(end)))(namedEnd(world, peer)),
    allows: (intent, options) => asProof(findInIntent(world, intent, 'denied', options)),
    forbids: (intent, options) => asProof(findInIntent(world, intent, 'allowed', options)),
    redundant: (policy, options) => redundant(world, policy, options),
    idle: () => idle(world),
    passedOver: world.parts.passedOver ?? [],
    with: (change) =>
      E.chain(({ put = [], remove = [] }: WorldChange) =>
        E.chain((parts: WorldParts) =>
          E.map(() => {
            const changed = changeWorld(world, parts, remove)
            const passedOver = passedOverAfter(world.parts.passedOver, parts, remove)
            return compiledWorld({ ...changed, parts: { ...changed.parts, passedOver } }, reading)
          })(checkRemoval(world, remove, reading.staged)),
        )(readWorld({ resources: put }, reading)),
      )(decodeChange(change)),
  }
  insides.set(compiled, world)
  return compiled
}
