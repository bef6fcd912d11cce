import type { PolicyType } from '../../model/policy.js'
import type { Resource } from '../../model/resource.js'
import { nameOf, namespaceOf } from '../../model/resource-id.js'
import type { Action, Rule } from '../../model/rule.js'
import type { Labels, Selector } from '../../selector/ast.js'
import { matcher } from '../../selector/match.js'
import { typesOf } from './any-policy.js'
import type { Workload } from './flow.js'
import { type Known, type LabelledNetworks, labelledNetworks } from './peer.js'
import { overNamespace, overServiceAccount, read } from './peer-selector.js'
import { endMatcher } from './rule-match.js'
import type { Test } from './three-valued.js'
import { type EnforcedPolicy, type OrderedTier, orderedTiers } from './tiers.js'

const selects = (text: string | undefined, lift: (selector: Selector) => Selector) => {
  if (text === undefined || text === '') return () => true
  const selector = read(text)
  return selector === undefined ? () => false : matcher(lift(selector))
}

/** Whether the policy is one of the pod's, in any direction that it is for. */
export const selectsPod = (policy: EnforcedPolicy): ((pod: Known<Workload>) => boolean) => {
  const { spec } = policy
  const namespace = namespaceOf(policy)
  const global = policy.kind === 'GlobalNetworkPolicy' ? policy.spec : undefined
  // These act on host endpoints only.
  if (global?.doNotTrack === true || global?.preDNAT === true) return () => false
  const conditions: ReadonlyArray<(labels: Labels) => boolean> = [
    selects(spec.selector, (it) => it),
    selects(spec.serviceAccountSelector, overServiceAccount),
    selects(global?.namespaceSelector, overNamespace),
  ]
  return ({ endpoint, own }) =>
    (namespace === undefined || namespace === endpoint.namespace) && conditions.every((holds) => holds(own))
}

/** What is asked about a packet: a rule of a policy or, where there is none, the end of a tier, which takes all. */
export interface Question {
  /** Each has its own, from 0 on. */
  readonly number: number
  readonly direction: PolicyType
  readonly tier: string
  readonly policy?: string
  /** The index of the rule among those of its direction. */
  readonly index?: number
  readonly action: Action
  readonly rule: Rule
  readonly source: Test<Known>
  readonly destination: Test<Known>
}

/** A policy, its selectors read; its rules when they are first asked for. */
export interface Page {
  readonly selects: (pod: Known<Workload>) => boolean
  readonly questions: { readonly [D in PolicyType]?: () => ReadonlyArray<Question> }
}

/** A tier. */
interface Chapter {
  readonly pages: ReadonlyArray<Page>
  readonly end: { readonly [D in PolicyType]: Question }
}

/** All that has a say, in the order in which it is asked. */
export interface Rulebook {
  readonly chapters: ReadonlyArray<Chapter>
  readonly sets: ReadonlyArray<LabelledNetworks>
}

const once = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

type Numbered = (question: Omit<Question, 'number'>) => Question

const pageOf = (tier: string, policy: EnforcedPolicy, numbered: Numbered): Page => {
  const namespace = namespaceOf(policy)
  const name = nameOf(policy)
  const questions = (direction: PolicyType, rules: ReadonlyArray<Rule> = []): ReadonlyArray<Question> =>
    rules.map((rule, index) =>
      numbered({
        direction,
        tier,
        policy: name,
        index,
        action: rule.action,
        rule,
        source: endMatcher(rule.source ?? {}, namespace),
        destination: endMatcher(rule.destination ?? {}, namespace),
      }),
    )
  const types = typesOf(policy)
  const { ingress, egress } = policy.spec
  return {
    selects: selectsPod(policy),
    questions: {
      ...(types.includes('Ingress') ? { Ingress: once(() => questions('Ingress', ingress)) } : {}),
      ...(types.includes('Egress') ? { Egress: once(() => questions('Egress', egress)) } : {}),
    },
  }
}

const chapterOf = ({ name, defaultAction, policies }: OrderedTier, numbered: Numbered): Chapter => {
  const end = (direction: PolicyType): Question =>
    numbered({
      direction,
      tier: name,
      action: defaultAction,
      rule: { action: defaultAction },
      source: () => 'yes',
      destination: () => 'yes',
    })
  return {
    pages: policies.map((policy) => pageOf(name, policy, numbered)),
    end: { Ingress: end('Ingress'), Egress: end('Egress') },
  }
}

export const rulebook = (resources: ReadonlyArray<Resource>): Rulebook => {
  let count = 0
  const numbered: Numbered = (question) => ({ number: count++, ...question })
  return {
    sets: labelledNetworks(resources),
    chapters: orderedTiers(resources).map((tier) => chapterOf(tier, numbered)),
  }
}

/** What a pod's packets of that direction are asked, in order. A tier in which no policy is the pod's has no say. */
export function* questionsOf(
  { chapters }: Rulebook,
  pod: Known<Workload>,
  direction: PolicyType,
): Generator<Question> {
  for (const { pages, end } of chapters) {
    const asked = pages.flatMap(({ selects, questions }) => {
      const inDirection = questions[direction]
      return inDirection !== undefined && selects(pod) ? [inDirection] : []
    })
    if (asked.length === 0) continue
    for (const ask of asked) yield* ask()
    yield end[direction]
  }
}

/** Those of all pods and both directions. */
export const allQuestions = ({ chapters }: Rulebook): ReadonlyArray<Question> =>
  chapters.flatMap(({ pages, end }) => [
    ...pages.flatMap(({ questions }) => Object.values(questions).flatMap((ask) => ask())),
    ...Object.values(end),
  ])
