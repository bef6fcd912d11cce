import type { PolicyType } from '../../model/policy/policy.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { PeerAt } from '../compile/peer-resolver.js'
import type { EndTest, TestTable } from '../compile/test-table.js'
import { type Chain, leftOpen } from '../evaluate/chain.js'
import type { Ends } from '../evaluate/packet-holds.js'
import { endsOf, type Judge } from '../evaluate/way.js'
import { looks } from './look.js'
import { type Region, regionTable } from './region.js'
import { sideRegions } from './side-regions.js'
import type { ConnectionSet } from './traffic.js'

/** The policies of some classes, and what they let through from or to each other class. */
interface ChainSides {
  readonly chain: Chain
  /** What is asked of the other end. */
  readonly tests: ReadonlyArray<EndTest>
  /** By what is seen of the other end. */
  readonly byLook: Array<Region | undefined>
  /** By the family of the other end. */
  readonly byAnswers: Map<PeerClass['family'], Answers>
}

/** What the answers of the other end to one test after the other lead to. */
interface Answers {
  region?: Region
  readonly next: [no?: Answers, maybe?: Answers, yes?: Answers]
}

/** A class of peers, with its own policies, and what those of others see of it. */
export interface Side {
  readonly at: PeerAt
  readonly egress: ChainSides | undefined
  readonly ingress: ChainSides | undefined
  readonly asSource: number
  readonly asDestination: number
}

/** What gets through between classes of peers, each worked out once for all that are asked alike. */
export interface SideTable {
  readonly sideOf: (at: PeerAt) => Side
  readonly between: (from: Side, to: Side) => ConnectionSet
}

const fresh = (): Answers => ({ next: [] })

const testsOf = (chain: Chain, direction: PolicyType): ReadonlyArray<EndTest> => {
  const tests = chain.flatMap(({ rule }) => (direction === 'Egress' ? rule?.destination : rule?.source) ?? [])
  return [...new Set(tests)].filter(({ id }) => id !== 0)
}

/** Where rules ask for names of ports or for services, ends count by themselves. */
export const sideTable = (
  judge: Judge,
  { portNames, services, farTests }: TestTable,
  only?: PolicyType,
): SideTable => {
  const { chain: chainOf, endHolds } = judge.evaluator
  const isByEnds = portNames.size + services.size > 0
  const itself = ({ id }: PeerClass): number => id
  const sourceLook = isByEnds ? itself : looks(farTests.Ingress)
  const destinationLook = isByEnds ? itself : looks(farTests.Egress)
  const regions = regionTable()
  const regionOf = sideRegions(regions)
  const all = regionOf(undefined)
  const chains = new Map<string, ChainSides>()
  const chainSides = (own: PeerClass, direction: PolicyType): ChainSides | undefined => {
    if (own.own === undefined || (only !== undefined && only !== direction)) return undefined
    const chain = chainOf(own, direction)
    const text = `${direction} ${isByEnds ? own.id : ''} ${own.family} ${chain.map(({ key }) => key).join()}`
    const there = chains.get(text)
    if (there !== undefined) return there
    const made = { chain, tests: testsOf(chain, direction), byLook: [], byAnswers: new Map() }
    chains.set(text, made)
    return made
  }
  const answersOf = ({ tests, byAnswers }: ChainSides, other: PeerClass): Answers => {
    let at = byAnswers.get(other.family) ?? fresh()
    byAnswers.set(other.family, at)
    for (const test of tests) {
      const holds = endHolds(test, other)
      const next = at.next[holds] ?? fresh()
      at.next[holds] = next
      at = next
    }
    return at
  }
  const opened = (chain: Chain, direction: PolicyType, other: PeerClass, ends: Ends): Region =>
    regionOf(leftOpen(chain, direction, other, { endHolds, isForProtocol: false }), ends)
  const made = (sides: ChainSides, direction: PolicyType, from: Side, to: Side): Region => {
    const other = direction === 'Egress' ? to : from
    const answers = isByEnds ? fresh() : answersOf(sides, other.at.peer)
    const ends = endsOf(judge, { from: from.at, to: to.at })
    const region = answers.region ?? opened(sides.chain, direction, other.at.peer, ends)
    answers.region = region
    sides.byLook[direction === 'Egress' ? to.asDestination : from.asSource] = region
    return region
  }
  const sides: Array<Side | undefined> = []
  const sideOf = (at: PeerAt): Side => {
    const { peer } = at
    const there = sides[peer.id]
    if (there !== undefined) return there
    const side = {
      at,
      egress: chainSides(peer, 'Egress'),
      ingress: chainSides(peer, 'Ingress'),
      asSource: sourceLook(peer),
      asDestination: destinationLook(peer),
    }
    sides[peer.id] = side
    return side
  }
  return {
    sideOf,
    between: (from, to) => {
      const { egress } = from
      const { ingress } = to
      const out =
        egress === undefined ? all : (egress.byLook[to.asDestination] ?? made(egress, 'Egress', from, to))
      const into =
        ingress === undefined ? all : (ingress.byLook[from.asSource] ?? made(ingress, 'Ingress', from, to))
      return regions.past(out, into)
    },
  }
}
