import type { Version } from '../../model/calico-version.js'
import type { Tier } from '../../model/policy/tier.js'
import { withChanges } from '../world/layered-map.js'
import type { GivenPolicy } from '../world/world-parts.js'
import { type CompiledPolicy, compilePolicy } from './compiled-policy.js'
import { compareTiers, type TierFacts, tierFacts } from './ordered-tiers.js'
import { comparePolicies } from './policy-order.js'
import type { Scope, TestTable } from './test-table.js'

/** A tier with its policies, in the order in which they are asked. */
export interface CompiledTier extends TierFacts {
  readonly policies: ReadonlyArray<CompiledPolicy>
}

/** Every policy that has a say, in order. */
export interface PolicySet {
  readonly tiers: ReadonlyArray<CompiledTier>
  /** Those that ask for a scope, each with its place in the whole order. */
  readonly byScope: ReadonlyMap<Scope, ReadonlyArray<RankedPolicy>>
  readonly byName: ReadonlyMap<string, CompiledPolicy>
}

export interface RankedPolicy {
  readonly policy: CompiledPolicy
  /** By its name: its policies may be those before a change. */
  readonly tier: CompiledTier
  /** Greater than that of those asked before it. */
  readonly rank: number
}

const ranked = (tiers: ReadonlyArray<CompiledTier>): PolicySet => {
  const byScope = new Map<Scope, Array<RankedPolicy>>()
  const byName = new Map<string, CompiledPolicy>()
  let rank = 0
  for (const tier of tiers) {
    for (const policy of tier.policies) {
      byName.set(policy.name, policy)
      const those = byScope.get(policy.scope)
      const item = { policy, tier, rank: rank++ }
      if (those === undefined) byScope.set(policy.scope, [item])
      else those.push(item)
    }
  }
  return { tiers, byScope, byName }
}

/** What a set is made of: policies that are there already are not made anew. */
export interface PolicySetParts {
  readonly tiers: ReadonlyArray<Tier>
  readonly policies: ReadonlyArray<CompiledPolicy>
  readonly calico: Version
}

export const compileAll = (
  policies: ReadonlyArray<GivenPolicy>,
  tests: TestTable,
): ReadonlyArray<CompiledPolicy> => policies.map((policy) => compilePolicy(policy, tests))

/** The policies in order. Where they were nearly in order, that is quick. */
export const policySet = ({ tiers, policies, calico }: PolicySetParts): PolicySet => {
  const factsOf = tierFacts(tiers)
  const byTier = new Map<string, Array<CompiledPolicy>>()
  for (const policy of policies) {
    const those = byTier.get(policy.tier)
    if (those === undefined) byTier.set(policy.tier, [policy])
    else those.push(policy)
  }
  const compare = comparePolicies(calico)
  return ranked(
    [...byTier]
      .map(([name, those]) => ({ ...factsOf(name), policies: those.sort(compare) }))
      .sort(compareTiers),
  )
}

/** What becomes of a set: policies that go, by name, and those that come. */
export interface PolicyChange {
  /** Whether tiers are what they were. */
  readonly areTiersSame: boolean
  readonly tiers: ReadonlyArray<Tier>
  readonly calico: Version
  readonly gone: ReadonlySet<string>
  readonly added: ReadonlyArray<CompiledPolicy>
}

/** Where a policy goes among those that are in order. */
const placeOf = (
  policy: CompiledPolicy,
  among: ReadonlyArray<CompiledPolicy>,
  compare: ReturnType<typeof comparePolicies>,
): number => {
  let [from, until] = [0, among.length]
  while (from < until) {
    const middle = (from + until) >> 1
    const other = among[middle]
    if (other !== undefined && compare(other, policy) < 0) from = middle + 1
    else until = middle
  }
  return from
}

type ByScope = Map<Scope, ReadonlyArray<RankedPolicy>>

const rankOf = (policy: CompiledPolicy | undefined, byScope: ByScope): number | undefined =>
  policy && byScope.get(policy.scope)?.find((it) => it.policy === policy)?.rank

/** A rank between two others; none where they are too close for that. */
const between = (before = -1, after = before + 2): number | undefined => {
  const middle = (before + after) / 2
  return before < middle && middle < after ? middle : undefined
}

/** The set with few policies more or less, where no tier comes or goes; `undefined` where all are to be ranked anew. */
const changedFew = (
  { tiers, byScope: ranks, byName }: PolicySet,
  { calico, gone, added }: PolicyChange,
): PolicySet | undefined => {
  const compare = comparePolicies(calico)
  const byScope: ByScope = new Map(ranks)
  const byTier = new Map<string, Array<CompiledPolicy>>()
  const isAnyGone = [...gone].some((name) => byName.has(name))
  for (const { name, policies } of isAnyGone ? tiers : []) {
    const left = policies.filter((it) => !gone.has(it.name))
    if (left.length === 0) return undefined
    if (left.length < policies.length) {
      for (const it of policies)
        if (gone.has(it.name))
          byScope.set(it.scope, byScope.get(it.scope)?.filter(({ policy }) => policy !== it) ?? [])
      byTier.set(name, left)
    }
  }
  for (const policy of added) {
    const tier = tiers.find(({ name }) => name === policy.tier)
    if (tier === undefined) return undefined
    const those = byTier.get(policy.tier) ?? [...tier.policies]
    byTier.set(policy.tier, those)
    const place = placeOf(policy, those, compare)
    // Before the first of a tier and after the last is where another tier is: that is seldom, and ranked anew.
    const [before, after] = [those[place - 1], those[place]]
    if (before === undefined || (after === undefined && tier !== tiers.at(-1))) return undefined
    const rank = between(rankOf(before, byScope), rankOf(after, byScope))
    if (rank === undefined) return undefined
    those.splice(place, 0, policy)
    byScope.set(policy.scope, [...(byScope.get(policy.scope) ?? []), { policy, tier, rank }])
  }
  return {
    byScope,
    byName: withChanges<string, CompiledPolicy>(
      byName,
      new Map<string, CompiledPolicy | undefined>([
        ...[...gone].map((name) => [name, undefined] as const),
        ...added.map((policy) => [policy.name, policy] as const),
      ]),
    ),
    tiers: tiers.map((tier) => {
      const policies = byTier.get(tier.name)
      return policies === undefined ? tier : { ...tier, policies }
    }),
  }
}

/** Of more than that, all are ranked anew. */
const few = 100

/** The set with some policies more or less; those that stay are neither compiled nor sorted again. */
export const changePolicies = (set: PolicySet, change: PolicyChange): PolicySet => {
  const { tiers: given, calico, gone, added } = change
  if (gone.size + added.length === 0 && change.areTiersSame) return set
  const changed = change.areTiersSame && added.length < few ? changedFew(set, change) : undefined
  if (changed !== undefined) return changed
  const compare = comparePolicies(calico)
  const factsOf = tierFacts(given)
  const byTier = new Map<string, Array<CompiledPolicy>>()
  for (const { name, policies } of set.tiers)
    byTier.set(name, gone.size === 0 ? [...policies] : policies.filter((it) => !gone.has(it.name)))
  for (const policy of added) {
    const those = byTier.get(policy.tier) ?? []
    byTier.set(policy.tier, those)
    those.splice(placeOf(policy, those, compare), 0, policy)
  }
  return ranked(
    [...byTier]
      .filter(([, policies]) => policies.length > 0)
      .map(([name, policies]) => ({ ...factsOf(name), policies }))
      .sort(compareTiers),
  )
}
