import type { Version } from '../../model/calico-version.js'
import type { Tier } from '../../model/tier.js'
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
}

export interface RankedPolicy {
  readonly policy: CompiledPolicy
  readonly tier: CompiledTier
  readonly rank: number
}

const ranked = (tiers: ReadonlyArray<CompiledTier>): PolicySet => {
  const byScope = new Map<Scope, Array<RankedPolicy>>()
  let rank = 0
  for (const tier of tiers) {
    for (const policy of tier.policies) {
      const those = byScope.get(policy.scope)
      const item = { policy, tier, rank: rank++ }
      if (those === undefined) byScope.set(policy.scope, [item])
      else those.push(item)
    }
  }
  return { tiers, byScope }
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
