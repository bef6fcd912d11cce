import type { PolicyType } from '../../model/policy/policy.js'
import type { Action } from '../../model/policy/rule.js'
import type { CompiledRule } from '../compile/compiled-policy.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { CompiledTier, PolicySet } from '../compile/policy-set.js'
import { both, type Certainty, either } from '../compile/three-valued.js'
import { type Applying, policiesOfPeer } from './applying-policy.js'
import { endMeans, type HeldEnds } from './held-ends.js'
import { meansProtocol } from './packet-holds.js'
import type { Reason } from './reason.js'

/** What a class of peers is asked: a rule of a policy, or where there is none the end of a tier, which takes all. */
export interface Ask {
  /** The tier's place in the chain. */
  readonly tier: number
  readonly action: Action
  readonly rule: CompiledRule | undefined
  /** Whether it is asked at all: whether the policy is the peer's, and the rule means it. */
  readonly isAsked: Certainty
  /** It lets a packet through in this chain alone, and what comes after asks it as if nothing had been said. */
  readonly leaves: boolean
  /** The same for equal asks. */
  readonly key: string
  readonly reason: Reason
  readonly uncertain: Reason
  /** As another end leaves it open: perhaps, or surely. */
  readonly perhaps: OpenAsk
  readonly surely: OpenAsk
}

/** An ask that the other end leaves open: it hangs on protocol and ports alone, or on what is not known of the ends. */
export interface OpenAsk {
  readonly ask: Ask
  readonly match: Certainty
}

/** What a peer's packets of one direction are asked, in order. */
export type Chain = ReadonlyArray<Ask>

export type AskParts = Pick<Ask, 'tier' | 'action' | 'isAsked' | 'key' | 'reason'> &
  Partial<Pick<Ask, 'rule' | 'leaves'>>

export const askOf = ({ tier, action, rule, isAsked, leaves = false, key, reason }: AskParts): Ask => {
  const uncertain = { ...reason, certain: false }
  const ask: Omit<Ask, 'perhaps' | 'surely'> & { perhaps: OpenAsk | undefined; surely: OpenAsk | undefined } =
    {
      tier,
      action,
      rule,
      isAsked,
      leaves,
      key,
      reason,
      uncertain,
      perhaps: undefined,
      surely: undefined,
    }
  ask.perhaps = { ask: ask as Ask, match: 1 }
  ask.surely = { ask: ask as Ask, match: 2 }
  return ask as Ask
}

export const ruleAsk = (rule: CompiledRule, tier: number, isAsked: Certainty): Ask => {
  const { direction, action, policy, index } = rule
  const ignores = rule.packet.http ? { ignores: 'HTTP' as const } : {}
  const reason = { direction, tier: rule.tier, policy, rule: index, action, certain: true, ...ignores }
  const key = `${rule.id}${isAsked === 2 ? '' : '?'}`
  return askOf({ tier, action, rule, isAsked, key, reason })
}

/** Asks of rules by their numbers, each made once for all chains that have it. */
type RuleAsks = Map<number, Array<Ask>>

const askFor = (asks: RuleAsks, rule: CompiledRule, tier: number, isAsked: Certainty): Ask => {
  const those = asks.get(rule.id)
  for (const it of those ?? []) if (it.tier === tier && it.isAsked === isAsked) return it
  const fresh = ruleAsk(rule, tier, isAsked)
  if (those === undefined) asks.set(rule.id, [fresh])
  else those.push(fresh)
  return fresh
}

export const endAsk = (tier: CompiledTier, place: number, direction: PolicyType, isAsked: Certainty): Ask => {
  const action = tier.defaultAction
  const reason = { direction, tier: tier.name, action, certain: true }
  const key = `end ${tier.name}${isAsked === 2 ? '' : '?'}`
  return askOf({ tier: place, action, isAsked, key, reason })
}

/** Ends of tiers, each made once for all chains that have it. */
type EndAsks = Map<CompiledTier, Array<Ask | undefined>>

/** What chains of peers are made of. */
export interface ChainParts {
  readonly set: PolicySet
  readonly held: HeldEnds
  readonly asks: RuleAsks
  readonly ends: EndAsks
  /** By the number of the class that policies select. */
  readonly applying: Array<ReadonlyArray<Applying> | undefined>
}

export const chainParts = (set: PolicySet, held: HeldEnds): ChainParts => ({
  set,
  held,
  asks: new Map(),
  ends: new Map(),
  applying: [],
})

/** The same policies for both directions. */
const applyingTo = ({ set, applying }: ChainParts, { own }: PeerClass): ReadonlyArray<Applying> => {
  if (own === undefined) return []
  const there = applying[own.id]
  if (there !== undefined) return there
  const found = policiesOfPeer({ own }, set)
  applying[own.id] = found
  return found
}

/** A tier of a chain, as far as it was gone through. */
interface OpenTier {
  readonly tier: CompiledTier
  selects: Certainty
}

const directionIds = { Ingress: 0, Egress: 1 } as const

const endFor = (ends: EndAsks, { tier, selects }: OpenTier, place: number, direction: PolicyType): Ask => {
  const those = ends.get(tier) ?? []
  ends.set(tier, those)
  const index = 6 * place + 3 * directionIds[direction] + selects
  const there = those[index]
  if (there !== undefined) return there
  const fresh = endAsk(tier, place, direction, selects)
  those[index] = fresh
  return fresh
}

/**
 * A pod's chain. A tier in which no policy is the pod's has no say.
 *
 * **Source**: `felix/rules/endpoints.go`, endpointIptablesChain.
 */
export const chainOf = (parts: ChainParts, peer: PeerClass, direction: PolicyType): Chain => {
  const found: Array<Ask> = []
  let current: OpenTier | undefined
  let place = 0
  for (const { policy, tier, selects } of applyingTo(parts, peer)) {
    const rules = policy.rules[direction]
    if (policy.hook !== 'normal' || rules === undefined) continue
    if (current === undefined || current.tier.name !== tier.name) {
      if (current !== undefined) found.push(endFor(parts.ends, current, place++, direction))
      current = { tier, selects: 0 }
    }
    current.selects = either(current.selects, selects)
    for (const rule of rules) {
      const mine = direction === 'Egress' ? rule.source : rule.destination
      const isAsked = both(selects, endMeans(parts.held, mine, peer))
      if (isAsked !== 0) found.push(askFor(parts.asks, rule, place, isAsked))
    }
  }
  if (current !== undefined) found.push(endFor(parts.ends, current, place, direction))
  return found
}

/** The chain, as far as packets of a protocol are asked. */
export const forProtocol = (chain: Chain, protocol: number): Chain =>
  chain.filter(({ rule }) => rule === undefined || meansProtocol(rule.packet, protocol))

/** Whether nothing is left to ask a packet of a protocol that the chain is for. */
const isWhole = ({ ask: { rule }, match }: OpenAsk): boolean =>
  match === 2 && (rule === undefined || rule.packet.isPlain)

export interface Opening {
  readonly held: HeldEnds
  readonly isForProtocol: boolean
}

/** What ends leave open of a chain, where they match asks so. Of a chain `forProtocol`, as far as its packets get. */
const opened = (
  chain: Chain,
  matchOf: (ask: Ask) => Certainty,
  isForProtocol: boolean,
): ReadonlyArray<OpenAsk> => {
  const open: Array<OpenAsk> = []
  let passed = -1
  for (const ask of chain) {
    if (ask.tier === passed) continue
    const match = matchOf(ask)
    if (match === 0) continue
    const item = match === 2 ? ask.surely : ask.perhaps
    open.push(item)
    if (!isForProtocol || ask.action === 'Log' || !isWhole(item)) continue
    // Nothing gets further in this tier; past it, only what something has passed on.
    passed = ask.tier
    if (ask.action !== 'Pass' && !open.some((it) => it.ask.tier === ask.tier && it.ask.action === 'Pass'))
      break
  }
  return open
}

/** What the other end leaves open of a pod's chain. */
export const leftOpen = (
  chain: Chain,
  direction: PolicyType,
  other: PeerClass,
  { held, isForProtocol }: Opening,
): ReadonlyArray<OpenAsk> =>
  opened(
    chain,
    ({ rule, isAsked }) => {
      const test = direction === 'Egress' ? rule?.destination : rule?.source
      return test === undefined ? isAsked : both(isAsked, endMeans(held, test, other))
    },
    isForProtocol,
  )

/** What both ends leave open of a chain that is neither's own: a host endpoint's, on the way. */
export const leftOpenBetween = (
  chain: Chain,
  { from, to }: { readonly from: PeerClass; readonly to: PeerClass },
  { held, isForProtocol }: Opening,
): ReadonlyArray<OpenAsk> =>
  opened(
    chain,
    ({ rule, isAsked }) =>
      rule === undefined
        ? isAsked
        : both(isAsked, both(endMeans(held, rule.source, from), endMeans(held, rule.destination, to))),
    isForProtocol,
  )
