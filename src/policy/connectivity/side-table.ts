import type { PolicyType } from '../../model/policy/policy.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { PeerAt } from '../compile/peer-resolver.js'
import type { EndTest, TestTable } from '../compile/test-table.js'
import { type Chain, leftOpen } from '../evaluate/chain.js'
import { chainAt } from '../evaluate/evaluator.js'
import { endsOf, type Judge } from '../evaluate/way.js'
import { type Look, type Looks, lookOf, looks } from './look.js'
import { past, type Region } from './region.js'
import { allAllowed, regionOfAsks, type SideRegions, sideRegions } from './side-regions.js'
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
  readonly judge: Judge
  /** The direction that alone is asked. */
  readonly only: PolicyType | undefined
  /** By what is seen of sources and destinations; not there where ends count by themselves. */
  readonly looks: { readonly asSource: Looks; readonly asDestination: Looks } | undefined
  readonly regions: SideRegions
  /** Where an end has no policies of its own. */
  readonly all: Region
  readonly chains: Map<string, ChainSides>
  readonly sources: Map<string, Side['known']>
  readonly targets: Map<string, number>
  readonly sides: Array<Side | undefined>
}

const fresh = (): Answers => ({ next: [] })

const testsOf = (chain: Chain, direction: PolicyType): ReadonlyArray<EndTest> => {
  const tests = new Set<EndTest>()
  for (const { rule } of chain) {
    const test = direction === 'Egress' ? rule?.destination : rule?.source
    if (test !== undefined && test.id !== 0) tests.add(test)
  }
  return [...tests]
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

const opened = (own: ChainSides, direction: PolicyType, from: Side, to: Side): Region => {
  const { judge, regions } = from.table
  const { peer } = (direction === 'Egress' ? to : from).at
  const left = leftOpen(own.chain, direction, peer, {
    held: judge.evaluator.chains.held,
    isForProtocol: false,
  })
  return regionOfAsks(regions, left, endsOf(judge, { from: from.at, to: to.at }))
}

/** What the policies of one end let through. */
const regionOf = (own: ChainSides | undefined, direction: PolicyType, from: Side, to: Side): Region => {
  const { all, looks } = from.table
  if (own === undefined) return all
  const look = direction === 'Egress' ? to.asDestination : from.asSource
  const there = own.byLook[look.id]
  if (there !== undefined) return there
  const answers =
    looks === undefined ? fresh() : answersOf(own, (direction === 'Egress' ? to : from).at.peer, look)
  const region = answers.region ?? opened(own, direction, from, to)
  answers.region = region
  own.byLook[look.id] = region
  return region
}

/** What gets through between two sides of one table. */
export const betweenSides = (from: Side, to: Side): ConnectionSet => {
  const there = from.known[to.target]
  if (there !== undefined) return there
  const out = regionOf(from.egress, 'Egress', from, to)
  const into = regionOf(to.ingress, 'Ingress', from, to)
  const set = out.past[into.id] ?? past(from.table.regions.regions, out, into)
  from.known[to.target] = set
  return set
}

export const sideTable = (
  judge: Judge,
  { portNames, services, farTests }: TestTable,
  only?: PolicyType,
): SideTable => {
  const known = { isKnown: judge.evaluator.facts.isServiceKnown }
  // Where rules ask for names of ports or for services, ends count by themselves.
  const isByEnds = portNames.size + services.size > 0
  const regions = sideRegions()
  return {
    judge,
    only,
    looks: isByEnds
      ? undefined
      : { asSource: looks(farTests.Ingress, known), asDestination: looks(farTests.Egress, known) },
    regions,
    all: allAllowed(regions),
    chains: new Map(),
    sources: new Map(),
    targets: new Map(),
    sides: [],
  }
}

const keysOf = (chain: Chain): string => {
  let text = ''
  for (const { key } of chain) text += `${key},`
  return text
}

const chainSides = (
  { judge, only, looks, chains }: SideTable,
  peer: PeerClass,
  direction: PolicyType,
): ChainSides | undefined => {
  if (peer.own === undefined || (only !== undefined && only !== direction)) return undefined
  const chain = chainAt(judge.evaluator.chains, peer, direction)
  const text = `${direction} ${looks === undefined ? peer.id : ''} ${peer.family} ${keysOf(chain)}`
  const there = chains.get(text)
  if (there !== undefined) return there
  const tests = testsOf(chain, direction)
  const made: ChainSides = { id: chains.size, chain, tests, byLook: [], byAnswers: new Map() }
  chains.set(text, made)
  return made
}

/** One list for sides from which the same gets through to any other. */
const knownFrom = ({ sources }: SideTable, text: string): Side['known'] => {
  const there = sources.get(text)
  if (there !== undefined) return there
  const made: Array<ConnectionSet | undefined> = []
  sources.set(text, made)
  return made
}

const targetOf = ({ targets }: SideTable, text: string): number => {
  const there = targets.get(text)
  if (there !== undefined) return there
  const made = targets.size
  targets.set(text, made)
  return made
}

const itself = ({ id }: PeerClass): Look => ({ id, held: new Map() })

/** The side of a class of peers, made once. */
export const sideOf = (table: SideTable, at: PeerAt): Side => {
  const { peer } = at
  const there = table.sides[peer.id]
  if (there !== undefined) return there
  const { looks } = table
  const egress = chainSides(table, peer, 'Egress')
  const ingress = chainSides(table, peer, 'Ingress')
  const asSource = looks === undefined ? itself(peer) : lookOf(looks.asSource, peer)
  const asDestination = looks === undefined ? itself(peer) : lookOf(looks.asDestination, peer)
  const side: Side = {
    at,
    egress,
    ingress,
    asSource,
    asDestination,
    known: knownFrom(table, `${egress?.id} ${asSource.id}`),
    target: targetOf(table, `${ingress?.id} ${asDestination.id}`),
    table,
  }
  table.sides[peer.id] = side
  return side
}
