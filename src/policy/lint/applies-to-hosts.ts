import type { Selector } from '../../selector/ast.js'
import { and, not } from '../../selector/combination.js'
import { has } from '../../selector/condition.js'
import { matches } from '../../selector/match.js'
import { mayMatch } from '../../selector/satisfiable.js'
import { type AnyPolicy, isGlobal } from '../world/any-policy.js'
import { covers } from './covers.js'
import { anything, letsThrough } from './match.js'
import { endOf, type Policy, type ResourceSet, type Side } from './resource-set.js'
import type { Rule } from './rule.js'

/** Whether what the rules do not allow is denied: by one of them, or at the end of the tier. */
const isDenying = ({ rules }: Side, end: 'Deny' | 'Pass' | undefined): boolean => {
  const whole = rules.find((rule) => rule.action !== 'Log' && covers(rule, anything))
  return whole === undefined ? end === 'Deny' : whole.action === 'Deny'
}

/** A host endpoint is in no namespace. With no labels at all, it is selected only by what is selected by default. */
const bySelectingMuch = (endpoints: Selector): boolean => matches(endpoints, {})

const outsideOfNamespaces = not(has('projectcalico.org/namespace'))

/** Whether another policy of the tier, which selects some hosts by their labels, lets something through. */
const isMindful = (policy: Policy, { field }: Side, { policies }: ResourceSet): boolean =>
  policies.some(
    ({ endpoints, tier, sides }) =>
      tier === policy.tier &&
      endpoints !== undefined &&
      !bySelectingMuch(endpoints) &&
      mayMatch(and(endpoints, outsideOfNamespaces)) &&
      sides.some((side) => side.field === field && side.rules.some(letsThrough)),
  )

const isForPods = (policy: AnyPolicy): boolean => isGlobal(policy) && policy.spec.applyOnForward !== true

export const appliesToHosts: Rule = {
  what: 'A global policy that denies applies to host endpoints as well: its selectors match what has no labels and is in no namespace.',
  remedy: 'add has(projectcalico.org/name) to namespaceSelector, or select hosts by a label',
  report: 'https://github.com/projectcalico/calico/pull/4119',
  source: 'libcalico-go/lib/backend/syncersv1/updateprocessors/globalnetworkpolicyprocessor.go',
  find: (set) =>
    set.policies
      .filter(({ resource, phase }) => phase === 'normal' && isForPods(resource))
      .filter(({ endpoints }) => endpoints !== undefined && bySelectingMuch(endpoints))
      .flatMap((policy) => {
        const { index, resource, tier } = policy
        const denied = policy.sides
          .filter((side) => isDenying(side, endOf(set, tier)) && !isMindful(policy, side, set))
          .map(({ direction }) => direction.toLowerCase())
        if (denied.length === 0) return []
        const field = 'namespaceSelector' in resource.spec ? 'namespaceSelector' : 'selector'
        const message = `the policy applies to host endpoints as well, and denies their ${denied.join(' and ')} except for what it allows`
        return [{ index, path: ['spec', field], message }]
      }),
}
