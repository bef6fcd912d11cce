import { printResource } from '../../model/resource-id.js'
import { implies } from '../../selector/satisfiable.js'
import { covers, decisionOn, isLive } from './covers.js'
import { type Match, verbOf } from './match.js'
import { nearPolicies } from './near-policies.js'
import type { Policy, ResourceSet, Side } from './resource-set.js'
import type { Remark, Rule } from './rule.js'
import { placesIn, ruleIndex } from './rule-index.js'

const orderOf = ({ resource }: Policy): number => resource.spec.order ?? Infinity

const isForward = ({ resource }: Policy): boolean =>
  'applyOnForward' in resource.spec && resource.spec.applyOnForward === true

/** Whether the policy is asked about all that the other one is asked about. */
const takesAll = (policy: Policy, other: Policy): boolean =>
  (isForward(policy) || !isForward(other)) &&
  policy.endpoints !== undefined &&
  other.endpoints !== undefined &&
  implies(other.endpoints, policy.endpoints)

/** The places of the rules that may cover one of them. */
type Covering = (match: Match) => Iterable<number>

/** Of so few rules, each is held against each. */
const few = 8

const coveringIn = (rules: ReadonlyArray<Match>): Covering => {
  if (rules.length <= few) return () => rules.keys()
  const { covering } = ruleIndex(rules)
  return (match) => placesIn(covering(match), rules.length) ?? rules.keys()
}

/** The earlier rule of the same policy that decides all that this one means. */
const shadowWithin = (
  { field, rules }: Side,
  at: number,
  covering: Covering,
): Omit<Remark, 'index' | 'path'> | undefined => {
  const match = rules[at]
  if (match === undefined) return undefined
  for (const earlier of covering(match)) {
    if (earlier >= at) return undefined
    const rule = rules[earlier]
    if (rule === undefined || rule.action === 'Log' || !covers(rule, match)) continue
    return {
      message: `the rule never acts: ${field}[${earlier}] ${verbOf(rule)} everything it could match`,
      hint: rule.action === match.action ? 'remove it' : `move it before ${field}[${earlier}], or remove it`,
    }
  }
  return undefined
}

/** The rule of an earlier policy that does something else to all that this one means. */
const shadowBefore = (
  side: Side,
  match: Match,
  earlier: (field: Side['field'], match: Match) => Iterable<Policy>,
): Omit<Remark, 'index' | 'path'> | undefined => {
  for (const policy of earlier(side.field, match)) {
    const rules = policy.sides.find(({ field }) => field === side.field)?.rules ?? []
    const index = decisionOn(rules, match)
    const rule = index === undefined ? undefined : rules[index]
    if (rule === undefined || rule.action === match.action) continue
    const where = `${side.field}[${index}] of ${printResource(policy.resource)}`
    return {
      message: `the rule never acts: ${where}, which goes first, ${verbOf(rule)} everything it could match`,
      hint: 'give its policy a lower order than the other one, or remove the rule',
    }
  }
  return undefined
}

const remarksOn = (policy: Policy, set: ResourceSet): ReadonlyArray<Remark> => {
  const companions = policy.isEnforced ? set.companions(policy) : []
  const known = new Map<Policy, boolean>()
  const isWider = (other: Policy): boolean => {
    const there = known.get(other) ?? takesAll(other, policy)
    known.set(other, there)
    return there
  }
  const earlier = (field: Side['field'], match: Match) =>
    nearPolicies(companions)
      .covering(field, match)
      .filter((other) => orderOf(other) < orderOf(policy) && isWider(other))
  return policy.sides.flatMap((side) => {
    const covering = coveringIn(side.rules)
    return side.rules.flatMap((match, at) => {
      const shadow = shadowWithin(side, at, covering) ?? shadowBefore(side, match, earlier)
      if (shadow === undefined || !isLive(match)) return []
      return [{ index: policy.index, path: ['spec', side.field, at], ...shadow }]
    })
  })
}

export const ruleShadowed: Rule = {
  what: 'A rule never acts: an earlier rule of its policy decides everything it could match, or an earlier policy does something else with all of it.',
  remedy: 'move it before the other, or remove it',
  source: 'felix/rules/endpoints.go, endpointIptablesChain',
  find: (set) => set.policies.flatMap((policy) => remarksOn(policy, set)),
}
