import type { PolicyType } from '../../model/policy.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { EndTest, TestTable } from '../compile/test-table.js'
import { type Chain, leftOpen, type OpenAsk } from '../evaluate/chain.js'
import type { Evaluator } from '../evaluate/evaluator.js'

/** What one end's policies leave open; the same number for what is asked alike. */
export interface OpenSide {
  readonly id: number
  readonly asks: ReadonlyArray<OpenAsk> | undefined
}

export type SideOf = (own: PeerClass, other: PeerClass, direction: PolicyType) => OpenSide

/** The policies of some classes, and what they leave open to each other class. */
interface ChainSides {
  readonly chain: Chain
  /** What is asked of the other end. */
  readonly tests: ReadonlyArray<EndTest>
  readonly byPeer: Array<OpenSide | undefined>
  /** By the answers of the other end to all of the tests. */
  readonly byAnswers: Map<string, OpenSide>
}

const none: OpenSide = { id: 0, asks: undefined }

const testsOf = (chain: Chain, direction: PolicyType): ReadonlyArray<EndTest> => {
  const tests = chain.flatMap(({ rule }) => (direction === 'Egress' ? rule?.destination : rule?.source) ?? [])
  return [...new Set(tests)].filter(({ id }) => id !== 0)
}

/**
 * What is asked between classes of peers, each worked out once for all that have the same policies and answer their tests alike.
 * Where rules ask for names of ports, for services, ICMP or a family, ends count by themselves.
 */
export const sideTable = (
  { portNames, services }: TestTable,
  { chain: chainOf, endHolds }: Evaluator,
): SideOf => {
  const names = new Map<string, number>()
  const nameOf = (text: string): number => {
    const there = names.get(text) ?? names.size + 1
    names.set(text, there)
    return there
  }
  const isByEnds = portNames.size + services.size > 0
  const chains = new Map<string, ChainSides>()
  const made = (own: PeerClass, direction: PolicyType): ChainSides => {
    const chain = chainOf(own, direction)
    const text = `${direction} ${isByEnds ? own.id : ''} ${own.family} ${chain.map(({ key }) => key).join()}`
    const tests = testsOf(chain, direction)
    const sides = chains.get(text) ?? { chain, tests, byPeer: [], byAnswers: new Map() }
    chains.set(text, sides)
    return sides
  }
  const ofPeer = { Ingress: [] as Array<ChainSides | undefined>, Egress: [] as Array<ChainSides | undefined> }
  const sidesOf = (own: PeerClass, direction: PolicyType): ChainSides => {
    const there = ofPeer[direction][own.id] ?? made(own, direction)
    ofPeer[direction][own.id] = there
    return there
  }
  const opened = (chain: Chain, ends: string, other: PeerClass, direction: PolicyType): OpenSide => {
    const asks = leftOpen(chain, direction, other, { endHolds, isForProtocol: false })
    // Beside asks, only what a rule makes of the ends themselves may tell two sides apart.
    const isPlain = asks.every(({ ask }) => ask.rule === undefined || ask.rule.packet.isPorts)
    const texts = asks.map(({ ask, match }) => `${ask.key}${match === 2 ? '' : '~'}`)
    return { id: nameOf(`${direction} ${isPlain && !isByEnds ? '' : ends} ${texts.join()}`), asks }
  }
  return (own, other, direction) => {
    if (own.own === undefined) return none
    const { chain, tests, byPeer, byAnswers } = sidesOf(own, direction)
    const there = byPeer[other.id]
    if (there !== undefined) return there
    let answers = isByEnds ? `${other.id}` : `${other.family} `
    if (!isByEnds) for (const test of tests) answers += endHolds(test, other)
    const ends = isByEnds ? `${own.id} ${other.id}` : `${own.family} ${other.family}`
    const side = byAnswers.get(answers) ?? opened(chain, ends, other, direction)
    byAnswers.set(answers, side)
    byPeer[other.id] = side
    return side
  }
}
