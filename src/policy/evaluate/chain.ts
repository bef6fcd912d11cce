import type { PolicyType } from '../../model/policy/policy.js'
import type { Action } from '../../model/policy/rule.js'
import type { CompiledRule } from '../compile/compiled-policy.js'
import { scopeHolds } from '../compile/end-holds.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { CompiledTier, PolicySet, RankedPolicy } from '../compile/policy-set.js'
import type { EndTest, Scope } from '../compile/test-table.js'
import { both, type Certainty, either } from '../compile/three-valued.js'
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

export type EndHolds = (test: EndTest, peer: PeerClass) => Certainty

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

type RuleAsks = typeof ruleAsk

/** Asks of rules, each made once for all chains that have it. */
export const ruleAsks = (): RuleAsks => {
  const byRule = new Map<number, Array<Ask>>()
  return (rule, tier, isAsked) => {
    const those = byRule.get(rule.id) ?? []
    if (those.length === 0) byRule.set(rule.id, those)
    const there = those.find((it) => it.tier === tier && it.isAsked === isAsked)
    if (there !== undefined) return there
    const fresh = ruleAsk(rule, tier, isAsked)
    those.push(fresh)
    return fresh
  }
}

export const endAsk = (tier: CompiledTier, place: number, direction: PolicyType, isAsked: Certainty): Ask => {
  const action = tier.defaultAction
  const reason = { direction, tier: tier.name, action, certain: true }
  const key = `end ${tier.name}${isAsked === 2 ? '' : '?'}`
  return askOf({ tier: place, action, isAsked, key, reason })
}

interface Applying extends RankedPolicy {
  readonly selects: Certainty
}

/** The policies that are, or may be, the peer's, in order. */
export const policiesOfPeer = (
  { own }: Pick<PeerClass, 'own'>,
  { byScope }: PolicySet,
): ReadonlyArray<Applying> => {
  if (own === undefined) return []
  const scopes: ReadonlyArray<Scope> = ['all', 'unreadable', ...own.holding.yes, ...own.holding.maybe]
  const found: Array<Applying> = []
  for (const scope of scopes)
    for (const it of byScope.get(scope) ?? []) found.push({ ...it, selects: scopeHolds(scope, own) })
  return found.sort((a, b) => a.rank - b.rank)
}

/**
 * A pod's chain. A tier in which no policy is the pod's has no say.
 *
 * **Source**: `felix/rules/endpoints.go`, endpointIptablesChain.
 */
export const chainOf = (
  peer: PeerClass,
  direction: PolicyType,
  set: PolicySet,
  { endHolds, askFor }: { readonly endHolds: EndHolds; readonly askFor: RuleAsks },
): Chain => {
  const asks: Array<Ask> = []
  const ends = new Map<string, Certainty>()
  const close = (tier: CompiledTier, place: number): void => {
    asks.push(endAsk(tier, place, direction, ends.get(tier.name) ?? 0))
  }
  let current: CompiledTier | undefined
  let place = 0
  for (const { policy, tier, selects } of policiesOfPeer(peer, set)) {
    const rules = policy.rules[direction]
    if (policy.hook !== 'normal' || rules === undefined) continue
    if (current !== undefined && current.name !== tier.name) close(current, place++)
    current = tier
    ends.set(tier.name, either(ends.get(tier.name) ?? 0, selects))
    for (const rule of rules) {
      const mine = direction === 'Egress' ? rule.source : rule.destination
      const isAsked = both(selects, endHolds(mine, peer))
      if (isAsked !== 0) asks.push(askFor(rule, place, isAsked))
    }
  }
  if (current !== undefined) close(current, place)
  return asks
}

/** The chain, as far as packets of a protocol are asked. */
export const forProtocol = (chain: Chain, protocol: number): Chain =>
  chain.filter(({ rule }) => rule === undefined || meansProtocol(rule.packet, protocol))

/** Whether nothing is left to ask a packet of a protocol that the chain is for. */
const isWhole = ({ ask: { rule }, match }: OpenAsk): boolean =>
  match === 2 && (rule === undefined || rule.packet.isPlain)

export interface Opening {
  readonly endHolds: EndHolds
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
  { endHolds, isForProtocol }: Opening,
): ReadonlyArray<OpenAsk> =>
  opened(
    chain,
    ({ rule, isAsked }) => {
      const test = direction === 'Egress' ? rule?.destination : rule?.source
      return test === undefined ? isAsked : both(isAsked, endHolds(test, other))
    },
    isForProtocol,
  )

/** What both ends leave open of a chain that is neither's own: a host endpoint's, on the way. */
export const leftOpenBetween = (
  chain: Chain,
  { from, to }: { readonly from: PeerClass; readonly to: PeerClass },
  { endHolds, isForProtocol }: Opening,
): ReadonlyArray<OpenAsk> =>
  opened(
    chain,
    ({ rule, isAsked }) =>
      rule === undefined
        ? isAsked
        : both(isAsked, both(endHolds(rule.source, from), endHolds(rule.destination, to))),
    isForProtocol,
  )
