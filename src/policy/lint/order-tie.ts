import { defaultTierOrder, type Tier } from '../../model/policy/tier.js'
import { printResource } from '../../model/resource-id.js'
import { implies } from '../../selector/satisfiable.js'
import { decisionOn, isLive } from './covers.js'
import { type Match, verbOf } from './match.js'
import { nearPolicies } from './near-policies.js'
import { areNetsApart } from './nets-apart.js'
import type { Policy, ResourceSet, Side } from './resource-set.js'
import type { Remark, Rule } from './rule.js'

/** Which of the rules decides on all that a match means, those left out that its nets keep apart from it. */
const decisionNear = (rules: ReadonlyArray<Match>, match: Match): number | undefined => {
  const near = rules.filter((rule) => !areNetsApart(rule, match))
  const found = decisionOn(near, match)
  const rule = found === undefined ? undefined : near[found]
  return rule === undefined ? undefined : rules.indexOf(rule)
}

type Conflict = readonly [one: number, other: number]

/** Rules that do different things to all that some rule of the first side means. */
const conflictFrom = (one: Side, other: Side): Conflict | undefined => {
  for (const match of one.rules) {
    if (match.action === 'Log') continue
    const b = decisionNear(other.rules, match)
    const a = b === undefined ? undefined : decisionNear(one.rules, match)
    if (a === undefined || b === undefined) continue
    if (one.rules[a]?.action !== other.rules[b]?.action && isLive(match)) return [a, b]
  }
  return undefined
}

/** Whether all that is decided by either is decided alike: asked of each pair, so in as little time as can be. */
const areAlike = (one: Side, other: Side): boolean => {
  const first = one.rules[0]?.action
  const isFirst = ({ action }: Match): boolean => action === first
  return first !== 'Log' && one.rules.every(isFirst) && other.rules.every(isFirst)
}

const conflictOf = (one: Side, other: Side): Conflict | undefined => {
  if (areAlike(one, other)) return undefined
  const found = conflictFrom(one, other)
  if (found !== undefined) return found
  const [b, a] = conflictFrom(other, one) ?? []
  return a === undefined || b === undefined ? undefined : [a, b]
}

/** Whether one of them applies to all endpoints of the other. */
const meet = ({ endpoints: one }: Policy, { endpoints: other }: Policy): boolean =>
  one !== undefined && other !== undefined && (implies(one, other) || implies(other, one))

const remarkOn = (policy: Policy, other: Policy): Remark | undefined => {
  if (!meet(policy, other)) return undefined
  for (const side of policy.sides) {
    const opposite = other.sides.find(({ field }) => field === side.field)
    const [a, b] = (opposite && conflictOf(side, opposite)) ?? []
    const rule = a === undefined ? undefined : side.rules[a]
    if (rule === undefined) continue
    const order = policy.resource.spec.order
    const theirs = `${side.field}[${b}] of ${printResource(other.resource)}`
    const both = order === undefined ? 'neither policy has an order' : `both policies have the order ${order}`
    const message = `${side.field}[${a}] ${verbOf(rule)} what ${theirs} does not, and ${both}: their names decide`
    return { index: policy.index, path: ['spec', 'order'], message }
  }
  return undefined
}

/** Of two policies, the one in a namespace, or else the later one, is told. */
const remarksOn = (policy: Policy, set: ResourceSet): ReadonlyArray<Remark> => {
  if (!policy.isEnforced) return []
  const equals = set.equals(policy)
  // Without a companion of equal order, its rules need not be looked up.
  if (equals.length === 0 || (equals.length === 1 && equals[0] === policy)) return []
  for (const other of nearPolicies(equals).either(policy)) {
    const isToldThere = other.namespace === policy.namespace && other.index > policy.index
    if (other === policy || isToldThere) continue
    const remark = remarkOn(policy, other)
    if (remark !== undefined) return [remark]
  }
  return []
}

export const orderTie: Rule = {
  what: 'Two policies of equal order do different things to the same traffic, so their names decide which one wins.',
  remedy: 'give the one that should go first a lower order',
  source: 'felix/calc/policy_sorter.go, PolKVLess',
  find: (set) => set.policies.flatMap((policy) => remarksOn(policy, set)),
}

const orderOf = ({ spec }: Tier): number => spec.order ?? defaultTierOrder

export const tierOrderTie: Rule = {
  what: 'Two tiers have the same order, so their names decide which goes first. A tier without an order has the order of the default tier.',
  remedy: 'give the one that should go first a lower order',
  source: 'api/pkg/apis/projectcalico/v3/tier.go, TierSpec',
  find: ({ resources }) => {
    const first = new Map([[defaultTierOrder, 'default']])
    return resources.flatMap((tier, index) => {
      if (tier?.kind !== 'Tier') return []
      const { name } = tier.metadata
      const order = orderOf(tier)
      const other = first.get(order) ?? name
      first.set(order, other)
      if (other === name) return []
      const message = `the tier has the order of the tier ${other}, ${order}: their names decide which goes first`
      return [{ index, path: ['spec', 'order'], message }]
    })
  },
}
