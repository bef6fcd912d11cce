import { printResource } from '../../model/resource-id.js'
import type { Selector } from '../../selector/ast.js'
import { implies } from '../../selector/satisfiable.js'
import { covers } from './covers.js'
import { anything } from './match.js'
import { endOf, type Policy, type Side } from './resource-set.js'
import type { Rule } from './rule.js'

/** Whether the side allows everything, whatever else it has. */
const isOpen = ({ rules }: Side): boolean => {
  const whole = rules.findIndex((rule) => rule.action !== 'Log' && covers(rule, anything))
  return rules[whole]?.action === 'Allow' && rules.slice(0, whole).every(({ action }) => action !== 'Deny')
}

/** Whether the side takes from its pods all that it does not name, and says no more than what it allows. */
const isIsolating = (side: Side): boolean =>
  side.rules.every(({ action }) => action === 'Allow' || action === 'Log') && !isOpen(side)

interface Opening {
  readonly policy: Policy
  readonly endpoints: Selector
}

/** More of them in one place are not looked through for one that opens it all. */
const mostOpenings = 32

const groupOf = ({ tier, phase }: Policy, { field }: Side, namespace: string | undefined): string =>
  JSON.stringify([tier, phase, field, namespace])

const openingsOf = (policies: ReadonlyArray<Policy>): ReadonlyMap<string, ReadonlyArray<Opening>> => {
  const found = new Map<string, Array<Opening>>()
  for (const policy of policies) {
    const { endpoints } = policy
    if (endpoints === undefined || !policy.isEnforced) continue
    for (const side of policy.sides) {
      if (!isOpen(side)) continue
      const key = groupOf(policy, side, policy.namespace)
      const there = found.get(key)
      if (there === undefined) found.set(key, [{ policy, endpoints }])
      else if (there.length < mostOpenings) there.push({ policy, endpoints })
    }
  }
  return found
}

const orderOf = ({ resource }: Policy): number => resource.spec.order ?? Infinity

export const isolationUndone: Rule = {
  what: 'A policy isolates pods, and another one of the tier, which does not go before it, allows everything for all of them: nothing is denied at the end of the tier.',
  remedy:
    'remove the policy that allows everything, or let it allow what is meant; to deny it in any case, write a Deny in a policy that goes first',
  source: 'felix/rules/endpoints.go, endpointIptablesChain',
  report: 'https://github.com/ahmetb/kubernetes-network-policy-recipes/issues/22',
  find: (set) => {
    const openings = openingsOf(set.policies)
    return set.policies.flatMap((policy) => {
      const { index, endpoints, isEnforced, phase, tier } = policy
      if (!isEnforced || phase !== 'normal' || endpoints === undefined || endOf(set, tier) !== 'Deny')
        return []
      return policy.sides.flatMap((side) => {
        if (!isIsolating(side)) return []
        const opening = [undefined, policy.namespace]
          .flatMap((namespace) => openings.get(groupOf(policy, side, namespace)) ?? [])
          .find(
            (it) =>
              it.policy !== policy &&
              orderOf(it.policy) >= orderOf(policy) &&
              implies(endpoints, it.endpoints),
          )
        if (opening === undefined) return []
        const other = printResource(opening.policy.resource)
        const message = `the policy isolates nothing: ${other} allows all ${side.direction.toLowerCase()} of the same pods`
        return [{ index, path: ['spec', side.field], message }]
      })
    })
  },
}
