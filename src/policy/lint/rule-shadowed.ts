import { printResource } from '../../model/resource-id.js'
import { implies } from '../../selector/satisfiable.js'
import { covers, decisionOn, isLive } from './covers.js'
import { type Match, verbOf } from './match.js'
import type { Policy, ResourceSet, Side } from './resource-set.js'
import type { Remark, Rule } from './rule.js'

const orderOf = ({ resource }: Policy): number => resource.spec.order ?? Infinity

const isForward = ({ resource }: Policy): boolean =>
  'applyOnForward' in resource.spec && resource.spec.applyOnForward === true

/** Whether the policy is asked about all that the other one is asked about, and before it. */
const precedes = (policy: Policy, other: Policy): boolean =>
  orderOf(policy) < orderOf(other) &&
  (isForward(policy) || !isForward(other)) &&
  policy.endpoints !== undefined &&
  other.endpoints !== undefined &&
  implies(other.endpoints, policy.endpoints)

/** The earlier rule of the same policy that decides all that this one means. */
const shadowWithin = (
  { field, rules }: Side,
  match: Match,
  at: number,
): Omit<Remark, 'index' | 'path'> | undefined => {
  const earlier = rules.findIndex((rule, index) => index < at && rule.action !== 'Log' && covers(rule, match))
  const rule = rules[earlier]
  if (rule === undefined) return undefined
  return {
    message: `the rule never acts: ${field}[${earlier}] ${verbOf(rule)} everything it could match`,
    hint: rule.action === match.action ? 'remove it' : `move it before ${field}[${earlier}], or remove it`,
  }
}

/** The rule of an earlier policy that does something else to all that this one means. */
const shadowBefore = (
  side: Side,
  match: Match,
  earlier: () => ReadonlyArray<Policy>,
): Omit<Remark, 'index' | 'path'> | undefined => {
  for (const policy of earlier()) {
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
  let known: ReadonlyArray<Policy> | undefined
  const earlier = () => {
    known ??= policy.isEnforced ? set.companions(policy).filter((other) => precedes(other, policy)) : []
    return known
  }
  return policy.sides.flatMap((side) =>
    side.rules.flatMap((match, at) => {
      const shadow = shadowWithin(side, match, at) ?? shadowBefore(side, match, earlier)
      if (shadow === undefined || !isLive(match)) return []
      return [{ index: policy.index, path: ['spec', side.field, at], ...shadow }]
    }),
  )
}

export const ruleShadowed: Rule = {
  what: 'A rule never acts: an earlier rule of its policy decides everything it could match, or an earlier policy does something else with all of it.',
  remedy: 'move it before the other, or remove it',
  source: 'felix/rules/endpoints.go, endpointIptablesChain',
  find: (set) => set.policies.flatMap((policy) => remarksOn(policy, set)),
}
