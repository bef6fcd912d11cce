import type { PolicyType } from '../model/policy.js'
import type { Resource } from '../model/resource.js'
import type { Action, Rule } from '../model/rule.js'
import type { Workload } from './endpoint.js'
import type { Flow } from './flow.js'
import { appliesTo, type EnforcedPolicy, type OrderedTier, orderedTiers } from './ordered.js'
import { type LabelledNetworks, ruleMatches } from './rule-match.js'

export type Decision = 'allowed' | 'denied' | 'unknown'

/** One thing that had a say: a rule of a policy, or the end of a tier. */
export interface Reason {
  readonly direction: PolicyType
  readonly tier: string
  /** `NetworkPolicy(shop/api)`; absent for the end of a tier. */
  readonly policy?: string
  /** The index of the rule among those of its direction. */
  readonly rule?: number
  readonly action: Action
  readonly certain: boolean
}

export interface Verdict {
  readonly decision: Decision
  /** What was asked and matched, in order; the last one decided. Empty when no policy applies: then all is allowed. */
  readonly reasons: ReadonlyArray<Reason>
}

const printPolicy = ({ kind, metadata }: EnforcedPolicy): string =>
  kind === 'NetworkPolicy'
    ? `${kind}(${metadata.namespace ?? 'default'}/${metadata.name})`
    : `${kind}(${metadata.name})`

const namespaceOf = (policy: EnforcedPolicy): string | undefined =>
  policy.kind === 'NetworkPolicy' ? (policy.metadata.namespace ?? 'default') : undefined

/** Labelled networks that selectors of rules may mean. */
const networksOf = (resources: ReadonlyArray<Resource>): ReadonlyArray<LabelledNetworks> =>
  resources.flatMap((resource) => {
    if (resource.kind !== 'NetworkSet' && resource.kind !== 'GlobalNetworkSet') return []
    const { nets = [] } = resource.spec
    const { labels = {} } = resource.metadata
    return resource.kind === 'GlobalNetworkSet'
      ? [{ labels, nets }]
      : [
          {
            labels: { ...labels, 'projectcalico.org/namespace': resource.metadata.namespace ?? 'default' },
            nets,
          },
        ]
  })

interface Side {
  readonly direction: PolicyType
  readonly workload: Workload
  readonly flow: Flow
  readonly tiers: ReadonlyArray<OrderedTier>
  readonly networks: ReadonlyArray<LabelledNetworks>
}

const rulesOf = (policy: EnforcedPolicy, direction: PolicyType): ReadonlyArray<Rule> =>
  (direction === 'Ingress' ? policy.spec.ingress : policy.spec.egress) ?? []

/** What the rules of a tier say, in order, up to the first that settles it; then the tier's own default. */
function* reasonsOfTier(tier: OrderedTier, side: Side): Generator<Reason> {
  const { direction, workload, flow, networks } = side
  const applying = tier.policies.filter((policy) => appliesTo(policy, workload, direction))
  if (applying.length === 0) return
  for (const policy of applying) {
    for (const [rule, { action, ...fields }] of rulesOf(policy, direction).entries()) {
      const match = ruleMatches({ action, ...fields }, flow, namespaceOf(policy), networks)
      if (match === 'no') continue
      yield {
        direction,
        tier: tier.name,
        policy: printPolicy(policy),
        rule,
        action,
        certain: match === 'yes',
      }
      if (match === 'yes' && action !== 'Log') return
    }
  }
  yield { direction, tier: tier.name, action: tier.defaultAction, certain: true }
}

/** One side of the flow. A rule that may match leaves both ways open; they come together when both end alike. */
const decideSide = (side: Side): Verdict => {
  const reasons: Array<Reason> = []
  const possible = new Set<Decision>()
  for (const tier of side.tiers) {
    let passed = true
    for (const reason of reasonsOfTier(tier, side)) {
      reasons.push(reason)
      if (reason.action === 'Allow') possible.add('allowed')
      if (reason.action === 'Deny') possible.add('denied')
      if (reason.action === 'Pass' && !reason.certain) possible.add('allowed').add('denied')
      if (reason.certain && reason.action !== 'Log') passed = reason.action === 'Pass'
    }
    if (!passed)
      return { decision: possible.size === 1 ? ([...possible][0] ?? 'unknown') : 'unknown', reasons }
  }
  // What every tier passes on, the namespace's profile allows.
  possible.add('allowed')
  return { decision: possible.size === 1 ? 'allowed' : 'unknown', reasons }
}

/**
 * Whether the policies let the flow through: the egress of the pod it comes from, and the ingress of the pod it goes
 * to. `unknown` where that hangs on what is not given (endpoints of services, HTTP, a port's name).
 *
 * Takes all resources that matter: policies, tiers, network sets. Kubernetes policies go through `fromKubernetes` first.
 *
 * **Source**: `felix/calc`, `app-policy/checker/check.go`.
 */
export const verdict = (resources: ReadonlyArray<Resource>, flow: Flow): Verdict => {
  const shared = { flow, tiers: orderedTiers(resources), networks: networksOf(resources) }
  const sides = [
    ...(flow.from._tag === 'Workload'
      ? [decideSide({ ...shared, direction: 'Egress', workload: flow.from })]
      : []),
    ...(flow.to._tag === 'Workload'
      ? [decideSide({ ...shared, direction: 'Ingress', workload: flow.to })]
      : []),
  ]
  const denied = sides.find((side) => side.decision === 'denied')
  if (denied !== undefined) return denied
  const reasons = sides.flatMap((side) => side.reasons)
  return { decision: sides.some((side) => side.decision === 'unknown') ? 'unknown' : 'allowed', reasons }
}
