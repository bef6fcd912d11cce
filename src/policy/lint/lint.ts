import { explainIssue, type Issue } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import { printResource } from '../../model/resource-id.js'
import { appliesToHosts } from './applies-to-hosts.js'
import { nothingAllowed } from './nothing-allowed.js'
import { orderTie, tierOrderTie } from './order-tie.js'
import { resourceSet } from './resource-set.js'
import type { LintRule, LintRuleName, Rule } from './rule.js'
import { ruleExcludesItself } from './rule-excludes-itself.js'
import { ruleShadowed } from './rule-shadowed.js'
import { rulesWithoutType } from './rules-without-type.js'
import { selectorNeverMatches } from './selector-never-matches.js'

const rules: { readonly [Name in LintRuleName]: Rule } = {
  'applies-to-hosts': appliesToHosts,
  'nothing-allowed': nothingAllowed,
  'order-tie': orderTie,
  'rule-excludes-itself': ruleExcludesItself,
  'rule-shadowed': ruleShadowed,
  'rules-without-type': rulesWithoutType,
  'selector-never-matches': selectorNeverMatches,
  'tier-order-tie': tierOrderTie,
}

/** Something that Calico accepts and that is likely a mistake: an issue of one of the given resources. */
export interface Finding extends Issue {
  readonly rule: LintRuleName
  readonly resource: string
  readonly hint: string
  /** Which of the resources: its place in the list. */
  readonly index: number
}

const entries = Object.entries(rules) as ReadonlyArray<[LintRuleName, Rule]>

/** Every rule of `lint`, by name. */
export const lintRules: ReadonlyArray<LintRule> = entries.map(([name, { find: _, ...info }]) => ({
  name,
  ...info,
}))

/**
 * What Calico accepts and is likely a mistake: rules that never act, selectors that match nothing, policies whose
 * names decide. Judges the resources as a whole, so give it all that belong together; and only those that `check` takes.
 *
 * A finding is proven from the resources alone: what hangs on anything else of a cluster is not claimed. It has the
 * form of an issue. They come in the order of the resources.
 *
 * @example
 * const deny = { action: 'Deny' } as const
 * const spec = { types: ['Ingress'], ingress: [deny, { action: 'Allow', protocol: 'TCP' }] } as const
 * const policy = { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a' }, spec } as const
 * lint([policy]).map(({ rule, path }) => [rule, ...path]) // => [['rule-shadowed', 'spec', 'ingress', 1]]
 */
export const lint = (resources: ReadonlyArray<Resource>): ReadonlyArray<Finding> => {
  const set = resourceSet(resources)
  return entries
    .flatMap(([rule, { find, remedy, source }]) =>
      find(set).flatMap(({ index, path, message, hint = remedy }): ReadonlyArray<Finding> => {
        const resource = resources[index]
        if (resource === undefined) return []
        return [{ rule, resource: printResource(resource), path, message, hint, source, index }]
      }),
    )
    .sort((a, b) => a.index - b.index)
}

/**
 * Findings as text for people: each with its place, and what to do.
 *
 * @example
 * printFindings([]) // => 'no findings'
 */
export const printFindings = (findings: ReadonlyArray<Issue>): string => {
  if (findings.length === 0) return 'no findings'
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`
  return [count, ...findings.map((finding) => `  ${explainIssue(finding)}`)].join('\n')
}
