import type { PolicyType } from '../../model/policy/policy.js'
import { type KnownServices, namedPortsAt } from '../compile/end-holds.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { PolicySet } from '../compile/policy-set.js'
import type { EndTest, NamedPortTest } from '../compile/test-table.js'
import type { Certainty } from '../compile/three-valued.js'
import {
  type Chain,
  type ChainParts,
  chainOf,
  chainParts,
  forProtocol,
  leftOpen,
  leftOpenBetween,
  type OpenAsk,
} from './chain.js'
import type { Opener } from './decide-plan.js'
import { endMeans, heldEnds } from './held-ends.js'
import type { HostAsks } from './host-asks.js'
import type { PeerFacts } from './packet-holds.js'

/** What one class of peers and another ask of each other's packets. Not there for an end that is no pod. */
export interface OpenChains {
  readonly egress: ReadonlyArray<OpenAsk> | undefined
  readonly ingress: ReadonlyArray<OpenAsk> | undefined
}

/** What peers' packets are asked, each chain made once: by the number of the peer's class. */
interface Chains extends ChainParts {
  readonly made: { readonly [D in PolicyType]: Array<Chain | undefined> }
}

const chainsOf = (set: PolicySet, services: KnownServices): Chains => ({
  made: { Ingress: [], Egress: [] },
  ...chainParts(set, heldEnds(services)),
})

/** What a peer's packets of a direction are asked. */
export const chainAt = (chains: Chains, peer: PeerClass, direction: PolicyType): Chain => {
  const made = chains.made[direction]
  const there = made[peer.id]
  if (there !== undefined) return there
  const chain = chainOf(chains, peer, direction)
  made[peer.id] = chain
  return chain
}

/** Answers about classes of peers, each worked out once. */
export interface Evaluator extends Opener {
  readonly facts: PeerFacts
  readonly chains: Chains
  readonly endHolds: (test: EndTest, peer: PeerClass) => Certainty
  readonly chain: (peer: PeerClass, direction: 'Ingress' | 'Egress') => Chain
  readonly open: (from: PeerClass, to: PeerClass) => OpenChains
  /** As far as packets of a protocol are asked, and remembered. */
  readonly between: (from: PeerClass, to: PeerClass, protocol: number) => OpenChains
  /** What a host's chain, which is neither end's own, asks of packets of any protocol. */
  readonly hostOpen: (asks: HostAsks, from: PeerClass, to: PeerClass) => ReadonlyArray<OpenAsk>
}

export interface EvaluatorFacts extends KnownServices {
  readonly hasApplicationLayer: boolean
}

/** So many pairs of classes are remembered; then it begins anew. */
const mostPairs = 500_000

interface Numbered {
  readonly id: number
}

/** Worked out once for each two, by their numbers; as often as they come where there are too many. */
const once = <A extends Numbered, B extends Numbered, C>(
  make: (a: A, b: B) => C,
  most = Infinity,
): ((a: A, b: B) => C) => {
  let rows: Array<Array<C | undefined>> = []
  let count = 0
  return (a, b) => {
    const there = rows[a.id]?.[b.id]
    if (there !== undefined) return there
    if (++count > most) {
      rows = []
      count = 1
    }
    const made = make(a, b)
    const row = rows[a.id] ?? []
    rows[a.id] = row
    row[b.id] = made
    return made
  }
}

const directionIds = { Ingress: { id: 0 }, Egress: { id: 1 } } as const

export const evaluator = (set: PolicySet, known: EvaluatorFacts): Evaluator => {
  const chains = chainsOf(set, known)
  const { held } = chains
  const ports = once((peer: PeerClass, test: NamedPortTest) => namedPortsAt(test, peer))
  const chain: Evaluator['chain'] = (peer, direction) => chainAt(chains, peer, direction)
  const openTo = (from: PeerClass, to: PeerClass, chainFor: Evaluator['chain'], isForProtocol: boolean) => {
    const how = { held, isForProtocol }
    return {
      egress: from.own && leftOpen(chainFor(from, 'Egress'), 'Egress', to, how),
      ingress: to.own && leftOpen(chainFor(to, 'Ingress'), 'Ingress', from, how),
    }
  }
  const forProtocols: Array<Evaluator['open'] | undefined> = []
  const makeFor = (id: number): Evaluator['open'] => {
    const short = once((peer: PeerClass, direction: Numbered) =>
      forProtocol(chain(peer, direction === directionIds.Ingress ? 'Ingress' : 'Egress'), id),
    )
    const chainFor: Evaluator['chain'] = (peer, direction) => short(peer, directionIds[direction])
    return once((from: PeerClass, to: PeerClass) => openTo(from, to, chainFor, true), mostPairs)
  }
  const forOne = (id: number): Evaluator['open'] => {
    const there = forProtocols[id] ?? makeFor(id)
    forProtocols[id] = there
    return there
  }
  const makeForHost = ({ chain }: HostAsks, protocol: number) => {
    const short = forProtocol(chain, protocol)
    const how = { held, isForProtocol: true }
    return once((from: PeerClass, to: PeerClass) => leftOpenBetween(short, { from, to }, how), mostPairs)
  }
  const forHosts: Array<Array<ReturnType<typeof makeForHost> | undefined>> = []
  const ofHost = (asks: HostAsks, protocol: number) => {
    const row = forHosts[asks.id] ?? []
    forHosts[asks.id] = row
    const there = row[protocol] ?? makeForHost(asks, protocol)
    row[protocol] = there
    return there
  }
  return {
    chains,
    endHolds: (test, peer) => endMeans(held, test, peer),
    chain,
    open: (from, to) => openTo(from, to, chain, false),
    between: (from, to, protocol) => forOne(protocol)(from, to),
    hostOpen: ({ chain }, from, to) => leftOpenBetween(chain, { from, to }, { held, isForProtocol: false }),
    openAt: ({ asks, direction }, from, to, protocol) => {
      if (asks !== undefined) return ofHost(asks, protocol)(from, to)
      const open = forOne(protocol)(from, to)
      return (direction === 'Egress' ? open.egress : open.ingress) ?? []
    },
    facts: {
      namedPorts: (test, peer) => ports(peer, test),
      isServiceKnown: known.isKnown,
      hasApplicationLayer: known.hasApplicationLayer,
    },
  }
}
