import type { PolicyType } from '../../model/policy/policy.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { PeerAt } from '../compile/peer-resolver.js'
import type { EndTest, TestTable } from '../compile/test-table.js'
import { type Chain, leftOpen } from '../evaluate/chain.js'
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
  /** What gets through from here, by the target of the other, as far as it was asked; one list for sides that are alike in it. */
  readonly known: Array<ConnectionSet | undefined>
  /** The same for sides to which the same gets through from any other. */
  readonly target: number
  readonly table: SideTable
}

/** What is worked out between classes of peers, each once for all that are asked alike. */
export interface SideTable {
  readonly sideOf: (at: PeerAt) => Side
  /** Whether ends count by themselves: where rules ask for names of ports or for services. */
  readonly isByEnds: boolean
  /** Where an end has no policies of its own. */
  readonly all: Region
  readonly opened: (chain: Chain, direction: PolicyType, from: Side, to: Side) => Region
  /** What gets past the policies of both ends. */
  readonly past: (out: Region, into: Region) => ConnectionSet
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

/** What the policies of one end let through, of a table. */
const regionOf = (own: ChainSides | undefined, direction: PolicyType, from: Side, to: Side): Region => {
  const { all, isByEnds, opened } = from.table
  if (own === undefined) return all
  const look = direction === 'Egress' ? to.asDestination : from.asSource
  const there = own.byLook[look.id]
  if (there !== undefined) return there
  const answers = isByEnds ? fresh() : answersOf(own, (direction === 'Egress' ? to : from).at.peer, look)
  const region = answers.region ?? opened(own.chain, direction, from, to)
  answers.region = region
  own.byLook[look.id] = region
  return region
}

/**
 * What gets through between two sides of one table. Here, as above, nothing is a closure of a table's: what the engine
 * has learned of those goes with each.
 */
export const betweenSides = (from: Side, to: Side): ConnectionSet => {
  const there = from.known[to.target]
  if (there !== undefined) return there
  const out = regionOf(from.egress, 'Egress', from, to)
  const into = regionOf(to.ingress, 'Ingress', from, to)
  const set = out.past[into.id] ?? from.table.past(out, into)
  from.known[to.target] = set
  return set
}

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
  const regionOfAsks = sideRegions(regions)
  const all = regionOfAsks(undefined)
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
  const opened: SideTable['opened'] = (chain, direction, from, to) => {
    const { peer } = (direction === 'Egress' ? to : from).at
    const left = leftOpen(chain, direction, peer, { endHolds, isForProtocol: false })
    return regionOfAsks(left, endsOf(judge, { from: from.at, to: to.at }))
  }
  const sources = new Map<string, Side['known']>()
  const targets = numbers()
  const knownFrom = (text: string): Side['known'] => {
    const there = sources.get(text) ?? []
    sources.set(text, there)
    return there
  }
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
      known: knownFrom(`${egress?.id} ${asSource.id}`),
      target: targets(`${ingress?.id} ${asDestination.id}`),
      table,
    }
    sides[peer.id] = side
    return side
  }
  const table: SideTable = { sideOf, isByEnds, all, opened, past: regions.past }
  return table
}
