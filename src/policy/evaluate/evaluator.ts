import { endHolds, type KnownServices, namedPortsAt } from '../compile/end-holds.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { PolicySet } from '../compile/policy-set.js'
import { anyone, type EndTest, type NamedPortTest } from '../compile/test-table.js'
import {
  type Chain,
  chainOf,
  type EndHolds,
  forProtocol,
  leftOpen,
  leftOpenBetween,
  type OpenAsk,
  ruleAsks,
} from './chain.js'
import type { Opener } from './decide-plan.js'
import type { HostAsks } from './host-asks.js'
import type { PeerFacts } from './packet-holds.js'

/** What one class of peers and another ask of each other's packets. Not there for an end that is no pod. */
export interface OpenChains {
  readonly egress: ReadonlyArray<OpenAsk> | undefined
  readonly ingress: ReadonlyArray<OpenAsk> | undefined
}

/** Answers about classes of peers, each worked out once. */
export interface Evaluator extends Opener {
  readonly facts: PeerFacts
  readonly endHolds: EndHolds
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
  const byPeer = once((peer: PeerClass, test: EndTest) => endHolds(test, peer, known))
  const holds: EndHolds = (test, peer) => (test === anyone ? 2 : byPeer(peer, test))
  const ports = once((peer: PeerClass, test: NamedPortTest) => namedPortsAt(test, peer))
  const askFor = ruleAsks()
  const chains = once((peer: PeerClass, { id }: Numbered) =>
    chainOf(peer, id === directionIds.Ingress.id ? 'Ingress' : 'Egress', set, { endHolds: holds, askFor }),
  )
  const chain: Evaluator['chain'] = (peer, direction) => chains(peer, directionIds[direction])
  const openTo = (from: PeerClass, to: PeerClass, chainFor: Evaluator['chain'], isForProtocol: boolean) => {
    const how = { endHolds: holds, isForProtocol }
    return {
      egress: from.own && leftOpen(chainFor(from, 'Egress'), 'Egress', to, how),
      ingress: to.own && leftOpen(chainFor(to, 'Ingress'), 'Ingress', from, how),
    }
  }
  const forProtocols: Array<Evaluator['open'] | undefined> = []
  const makeFor = (id: number): Evaluator['open'] => {
    const short = once((peer: PeerClass, direction: Numbered) => forProtocol(chains(peer, direction), id))
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
    const how = { endHolds: holds, isForProtocol: true }
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
    endHolds: holds,
    chain,
    open: (from, to) => openTo(from, to, chain, false),
    between: (from, to, protocol) => forOne(protocol)(from, to),
    hostOpen: ({ chain }, from, to) =>
      leftOpenBetween(chain, { from, to }, { endHolds: holds, isForProtocol: false }),
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
