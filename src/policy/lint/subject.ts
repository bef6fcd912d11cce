import type { Selector } from '../../selector/ast.js'
import { all, and, not } from '../../selector/combination.js'
import { has } from '../../selector/condition.js'
import { mapConditions } from '../../selector/map-conditions.js'
import { compile, matches } from '../../selector/match.js'
import { implies, mayMatch } from '../../selector/satisfiable.js'
import { tierFacts } from '../compile/ordered-tiers.js'
import { selectorOf } from '../compile/policy-selector.js'
import { followAll } from '../compile/selector-steps.js'
import type { Certainty } from '../compile/three-valued.js'
import { labelsOfWorkload, type OpenLabels } from '../world/known-labels.js'
import {
  type Asked,
  type Denial,
  denyingRule,
  lettingThrough,
  networksOfSets,
  type Traffic,
} from './denied-by.js'
import type { GivenPod, LintWorld } from './lint-world.js'
import type { Match } from './match.js'
import { endOf, type Policy, type ResourceSet } from './resource-set.js'

/** Labels that only what is in a namespace has. */
const isOfPods = (key: string): boolean =>
  /^(?:pcns\.|pcsa\.|projectcalico\.org\/(?:namespace|orchestrator|serviceaccount)$)/.test(key)

/** What a selector over effective labels asks of a host endpoint, which is in no namespace. */
export const ofHosts = (selector: Selector): Selector =>
  mapConditions(selector, (condition) => {
    if (!('key' in condition) || !isOfPods(condition.key)) return condition
    return matches(condition, {}) ? all() : not(all())
  })

const inNamespace: Selector = has('projectcalico.org/namespace')

export type SubjectKind = 'hosts' | 'pods'

/** What of the endpoints of a policy is a pod, or a host; `undefined` where there can be none. */
export const subjectOf = ({ endpoints, phase }: Policy, kind: SubjectKind): Selector | undefined => {
  if (endpoints === undefined || (kind === 'pods' && phase !== 'normal')) return undefined
  const subject = kind === 'hosts' ? ofHosts(endpoints) : and(endpoints, inNamespace)
  return mayMatch(subject) ? subject : undefined
}

/** So many selectors are held against each other for one question: where there are more, nothing is claimed. */
const mostComparisons = 100_000

export interface Question {
  readonly direction: Asked['direction']
  readonly traffic: Traffic
}

type Opposed = (policy: Policy, subject: Selector, isAsked: (other: Policy) => boolean) => boolean

/** Whether some policy that is asked, and may apply to some of what another one applies to, may let some of it through. */
const opposed = (set: ResourceSet, kind: SubjectKind, { direction, traffic }: Question): Opposed => {
  // Policies of a namespace never apply to hosts.
  const policies = kind === 'pods' ? set.policies : set.policies.filter((it) => it.namespace === undefined)
  const lets = lettingThrough({ ...set, policies }, direction, traffic)
  let left = mostComparisons
  const mayApply = (other: Policy, subject: Selector): boolean => {
    if (--left < 0) return true
    if (other.endpoints === undefined) return selectorOf(other.resource) === undefined
    return mayMatch(and(subject, kind === 'hosts' ? ofHosts(other.endpoints) : other.endpoints))
  }
  return (policy, subject, isAsked) =>
    lets(policy.namespace).some((other) => isAsked(other) && mayApply(other, subject))
}

type TierOrder = (policy: Policy) => number

const tierOrder = (set: ResourceSet): TierOrder => {
  const factsOf = tierFacts([...set.tiers.values()])
  return ({ tier }) => factsOf(tier).order
}

/**
 * Whether traffic to or from all that a policy applies to is surely denied at the end of its tier: no policy that may
 * apply, of this tier or an earlier one, lets any of it through.
 */
export const denials = (
  set: ResourceSet,
  kind: SubjectKind,
  question: Question,
): ((policy: Policy, subject: Selector) => boolean) => {
  const orderOf = tierOrder(set)
  const isOpposed = opposed(set, kind, question)
  return (policy, subject) =>
    policy.isEnforced &&
    policy.phase === 'normal' &&
    policy.sides.some((side) => side.direction === question.direction) &&
    endOf(set, policy.tier) === 'Deny' &&
    !isOpposed(policy, subject, (other) => other.phase !== 'normal' || orderOf(other) <= orderOf(policy))
}

const phases: ReadonlyArray<Policy['phase']> = ['untracked', 'preDNAT', 'normal']

/** Whether a policy may be asked before another one; of those of one order, either. */
const mayPrecede = (orderOf: TierOrder, other: Policy, policy: Policy): boolean => {
  if (other.phase !== policy.phase) return phases.indexOf(other.phase) < phases.indexOf(policy.phase)
  if (orderOf(other) !== orderOf(policy)) return orderOf(other) < orderOf(policy)
  if (other.tier !== policy.tier) return true
  const { order: one = Infinity } = other.resource.spec
  const { order: its = Infinity } = policy.resource.spec
  return one <= its
}

/**
 * The place of the rule of a policy that surely denies the traffic of all that it applies to: nothing that may be asked
 * before it lets any of it through.
 */
export const denyingRules = (
  set: ResourceSet,
  kind: SubjectKind,
  question: Question,
): ((policy: Policy, subject: Selector) => number | undefined) => {
  const orderOf = tierOrder(set)
  const setNets = networksOfSets(set)
  // Few policies have such a rule, and most sets none.
  let isOpposed: Opposed | undefined
  return (policy, subject) => {
    if (!policy.isEnforced) return undefined
    const rules = policy.sides.find((side) => side.direction === question.direction)?.rules ?? []
    const at = denyingRule(rules, question.traffic, setNets)
    if (at === undefined) return undefined
    isOpposed ??= opposed(set, kind, question)
    const isAsked = (other: Policy): boolean => other !== policy && mayPrecede(orderOf, other, policy)
    return isOpposed(policy, subject, isAsked) ? undefined : at
  }
}

/**
 * The rule of some policy that surely denies the traffic of all that another one applies to: it applies to all of that, and
 * nothing that may be asked before it lets any of it through. `isMeant` says which rules count.
 */
export const outrightDenials = (
  set: ResourceSet,
  kind: SubjectKind,
  question: Question,
  isMeant: (match: Match) => boolean = () => true,
): ((policy: Policy, subject: Selector) => Denial | undefined) => {
  const orderOf = tierOrder(set)
  const setNets = networksOfSets(set)
  const denials = set.policies.flatMap((policy) => {
    if (!policy.isEnforced || subjectOf(policy, kind) === undefined) return []
    const rules = policy.sides.find((side) => side.direction === question.direction)?.rules ?? []
    const rule = denyingRule(rules, question.traffic, setNets)
    const match = rules[rule ?? -1]
    return rule !== undefined && match !== undefined && isMeant(match) ? [{ policy, rule }] : []
  })
  if (denials.length === 0) return () => undefined
  const byNamespace = new Map<string | undefined, Array<Denial>>()
  for (const denial of denials) {
    const group = byNamespace.get(denial.policy.namespace) ?? []
    byNamespace.set(denial.policy.namespace, group)
    group.push(denial)
  }
  const isOpposed = opposed(set, kind, question)
  let left = mostComparisons
  return (policy, subject) =>
    [...new Set([undefined, policy.namespace])]
      .flatMap((namespace) => byNamespace.get(namespace) ?? [])
      .find(
        ({ policy: { endpoints }, policy: denying }) =>
          --left >= 0 &&
          endpoints !== undefined &&
          implies(subject, endpoints) &&
          !isOpposed(policy, subject, (other) => other !== denying && mayPrecede(orderOf, other, denying)),
      )
}

/** What is known of the labels of a pod of the world. */
export const knownLabelsOf = (pod: GivenPod, { namespaces }: LintWorld): OpenLabels => {
  const namespaceLabels = namespaces.get(pod.namespace)
  return labelsOfWorkload({
    _tag: 'Workload',
    namespace: pod.namespace,
    name: pod.name,
    labels: pod.labels,
    serviceAccount: pod.serviceAccount,
    ...(namespaceLabels === undefined ? {} : { namespaceLabels }),
  })
}

/** Whether a selector holds for labels of which some may not be known. */
export const holdsFor = (selector: Selector, { labels, open }: OpenLabels): Certainty =>
  followAll(compile(selector), labels, open?.isOpen ?? (() => false))

const words = { 0: 'not', 1: 'perhaps', 2: 'surely' } as const

/** Whether policies apply to an endpoint with these labels. */
export const appliesTo =
  (known: OpenLabels): Asked['applies'] =>
  ({ endpoints, resource }) => {
    if (endpoints === undefined) return selectorOf(resource) === undefined ? 'perhaps' : 'not'
    return words[holdsFor(endpoints, known)]
  }
