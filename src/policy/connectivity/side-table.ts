import type { PolicyType } from '../../model/policy/policy.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { PeerAt } from '../compile/peer-resolver.js'
import type { EndTest, TestTable } from '../compile/test-table.js'
import { type Chain, leftOpen } from '../evaluate/chain.js'
import type { Ends } from '../evaluate/packet-holds.js'
import { endsOf, type Judge } from '../evaluate/way.js'
import { type Look, looks } from './look.js'
import { type Region, regionTable } from './region.js'
import { sideRegions } from './side-regions.js'
import type { ConnectionSet } from './traffic.js'

/** The policies of some classes, and what they let through from or to each other class. */
interface ChainSides {
  readonly id: number
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
  readonly asSource: Look
  readonly asDestination: Look
  /** The same for sides from which the same gets through to any other. */
  readonly source: number
  /** The same for sides to which the same gets through from any other. */
  readonly target: number
}

/** What gets through between classes of peers, each worked out once for all that are asked alike. */
export interface SideTable {
  readonly sideOf: (at: PeerAt) => Side
  readonly between: (from: Side, to: Side) => ConnectionSet
}

const fresh = (): Answers => ({ next: [] })

/** A number for each text, from 0 on. */
const numbers = (): ((text: string) => number) => {
  const known = new Map<string, number>()
  return (text) => {
    const there = known.get(text) ?? known.size
    known.set(text, there)
    return there
  }
}

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
  const { chain: chainOf, endHolds, facts } = judge.evaluator
  const known = { isKnown: facts.isServiceKnown }
  const isByEnds = portNames.size + services.size > 0
  const itself = ({ id }: PeerClass): Look => ({ id, held: new Map() })
  const sourceLook = isByEnds ? itself : looks(farTests.Ingress, known)
  const destinationLook = isByEnds ? itself : looks(farTests.Egress, known)
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
    const made = {
      id: chains.size,
      chain,
      tests: testsOf(chain, direction),
      byLook: [],
      byAnswers: new Map(),
    }
    chains.set(text, made)
    return made
  }
  const answersOf = ({ tests, byAnswers }: ChainSides, { family }: PeerClass, { held }: Look): Answers => {
    let at = byAnswers.get(family) ?? fresh()
    byAnswers.set(family, at)
    for (const test of tests) {
      const holds = held.get(test.id) ?? 0
      const next = at.next[holds] ?? fresh()
      at.next[holds] = next
      at = next
    }
    return at
  }
  const opened = (chain: Chain, direction: PolicyType, other: PeerClass, ends: Ends): Region =>
    regionOf(leftOpen(chain, direction, other, { endHolds, isForProtocol: false }), ends)
  const made = (sides: ChainSides, direction: PolicyType, from: Side, to: Side): Region => {
    const { peer } = direction === 'Egress' ? to.at : from.at
    const look = direction === 'Egress' ? to.asDestination : from.asSource
    const answers = isByEnds ? fresh() : answersOf(sides, peer, look)
    const region =
      answers.region ?? opened(sides.chain, direction, peer, endsOf(judge, { from: from.at, to: to.at }))
    answers.region = region
    sides.byLook[look.id] = region
    return region
  }
  const sources = numbers()
  const targets = numbers()
  const sides: Array<Side | undefined> = []
  const sideOf = (at: PeerAt): Side => {
    const { peer } = at
    const there = sides[peer.id]
    if (there !== undefined) return there
    const egress = chainSides(peer, 'Egress')
    const ingress = chainSides(peer, 'Ingress')
    const asSource = sourceLook(peer)
    const asDestination = destinationLook(peer)
    const side = {
      at,
      egress,
      ingress,
      asSource,
      asDestination,
      source: sources(`${egress?.id} ${asSource.id}`),
      target: targets(`${ingress?.id} ${asDestination.id}`),
    }
    sides[peer.id] = side
    return side
  }
  const past = (from: Side, to: Side): ConnectionSet => {
    const { egress } = from
    const { ingress } = to
    const out =
      egress === undefined ? all : (egress.byLook[to.asDestination.id] ?? made(egress, 'Egress', from, to))
    const into =
      ingress === undefined ? all : (ingress.byLook[from.asSource.id] ?? made(ingress, 'Ingress', from, to))
    return regions.past(out, into)
  }
  const rows: Array<Array<ConnectionSet | undefined>> = []
  return {
    sideOf,
    between: (from, to) => {
      const there = rows[from.source]?.[to.target]
      if (there !== undefined) return there
      const set = past(from, to)
      const row = rows[from.source] ?? []
      rows[from.source] = row
      row[to.target] = set
      return set
    },
  }
}
