import { defaultTypes } from '../../model/policy/policy.js'
import type { Rule } from '../../model/policy/rule.js'
import type { StagedGlobalNetworkPolicySpec } from '../../model/staged/staged-global-network-policy.js'
import { method } from './code.js'
import { each, flag, given, type Link, type Links, selector, types } from './links.js'
import type { Direction } from './match.js'
import { ruleCall } from './rule.js'

const rules =
  (direction: Direction): Link<ReadonlyArray<Rule>, unknown> =>
  (values, _spec, style) => {
    const calls = values.flatMap((rule) => ruleCall(rule, direction, style) ?? [])
    return calls.length < values.length ? undefined : calls
  }

/** Before connection tracking or DNAT: what the builder's states let be said. */
const early =
  (name: 'doNotTrack' | 'preDNAT'): Link<boolean, StagedGlobalNetworkPolicySpec> =>
  (value, { applyOnForward, doNotTrack, preDNAT, egress, types: directions = [] }) => {
    if (!value || applyOnForward !== true || (doNotTrack === true && preDNAT === true)) return undefined
    const refused = name === 'preDNAT' && (egress !== undefined || directions.includes('Egress'))
    return refused ? undefined : [method(name)]
  }

/** Of all policies: each kind has some of the fields, and no others. */
export const policyLinks: Links<StagedGlobalNetworkPolicySpec> = {
  stagedAction: (action) => (action === 'Set' ? [] : undefined),
  tier: given('tier'),
  order: given('order'),
  selector: selector('selector'),
  namespaceSelector: selector('namespaceSelector'),
  serviceAccountSelector: selector('serviceAccountSelector'),
  applyOnForward: flag('applyOnForward'),
  doNotTrack: early('doNotTrack'),
  preDNAT: early('preDNAT'),
  types: (values, spec) => types('types', values, defaultTypes(spec)),
  performanceHints: each('performanceHints'),
  ingress: rules('Ingress'),
  egress: rules('Egress'),
}
