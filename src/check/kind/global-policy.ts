import type { GlobalNetworkPolicySpec } from '../../model/policy/global-network-policy.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, fields, otherwise, rule, unless } from '../engine/constraint.js'
import { servicesNeedNamespace } from '../rule/service.js'
import { selector } from '../value/selector.js'
import { policyFields } from './policy.js'

const source = validator('validateGlobalNetworkPolicy')

const untrackedAndPreDNAT: Constraint<GlobalNetworkPolicySpec> = rule(
  {
    name: 'prednat-and-donottrack',
    what: 'A policy has both preDNAT and doNotTrack.',
    remedy: 'split it into two policies',
    source,
  },
  ({ doNotTrack, preDNAT }) =>
    unless(!(doNotTrack === true && preDNAT === true), () => ({
      at: ['preDNAT'],
      message: 'preDNAT and doNotTrack cannot be combined',
    })),
)

const preDNATRules: Constraint<GlobalNetworkPolicySpec> = rule(
  {
    name: 'prednat-egress-rules',
    what: 'A policy with preDNAT has egress rules.',
    remedy: 'move them to a policy without preDNAT: before DNAT there is only ingress',
    source,
  },
  ({ egress, preDNAT }) =>
    unless(preDNAT !== true || egress === undefined || egress.length === 0, () => ({
      at: ['egress'],
      message: 'egress rules in a policy with preDNAT',
    })),
)

const preDNATType: Constraint<GlobalNetworkPolicySpec> = rule(
  {
    name: 'prednat-egress-type',
    what: 'A policy with preDNAT has the type Egress.',
    remedy: 'remove Egress from types: before DNAT there is only ingress',
    source,
  },
  ({ types, preDNAT }) => {
    const at = preDNAT === true ? (types?.indexOf('Egress') ?? -1) : -1
    return unless(at === -1, () => ({
      at: ['types', at],
      message: 'the type Egress in a policy with preDNAT',
    }))
  },
)

const onForward: Constraint<GlobalNetworkPolicySpec> = rule(
  {
    name: 'apply-on-forward',
    what: 'A policy sets preDNAT or doNotTrack without applyOnForward.',
    remedy: 'set applyOnForward to true',
    source,
  },
  ({ applyOnForward, preDNAT }) =>
    unless(applyOnForward === true, () => ({
      at: ['applyOnForward'],
      message: `${preDNAT === true ? 'preDNAT' : 'doNotTrack'} without applyOnForward`,
    })),
)

const beforeTracking: Constraint<GlobalNetworkPolicySpec> = otherwise(
  ({ doNotTrack, preDNAT }) => doNotTrack !== true && preDNAT !== true,
  all(untrackedAndPreDNAT, preDNATRules, preDNATType, onForward),
)

/** The spec of a policy for the whole cluster. */
export const globalPolicySpec: Constraint<GlobalNetworkPolicySpec> = all(
  fields<GlobalNetworkPolicySpec>({
    ...policyFields(servicesNeedNamespace),
    namespaceSelector: selector,
  }),
  beforeTracking,
)
