import type { PolicyType } from '../../model/policy/policy.js'
import type { Action, Rule } from '../../model/policy/rule.js'
import { namespaceOf, printId } from '../../model/resource-id.js'
import { type AnyPolicy, directions, isGlobal, typesOf } from '../world/any-policy.js'
import type { GivenPolicy } from '../world/world-parts.js'
import { type PacketTest, packetTest } from './packet-test.js'
import { selectorOf } from './policy-selector.js'
import { internSelector } from './selector-table.js'
import { type EndTest, endTest, perhaps, type Scope, type TestTable } from './test-table.js'

/** One rule, ready to be asked. */
export interface CompiledRule {
  /** Each has its own, from 0 on. */
  readonly id: number
  /** The policy's name, as `NetworkPolicy(shop/api)`, and its tier. */
  readonly policy: string
  readonly tier: string
  readonly direction: PolicyType
  /** Its place among those of its direction. */
  readonly index: number
  readonly action: Action
  readonly source: EndTest
  readonly destination: EndTest
  readonly packet: PacketTest
  readonly rule: Rule
}

/** A policy, its selectors read. */
export interface CompiledPolicy extends GivenPolicy {
  /** `NetworkPolicy(shop/api)`. */
  readonly name: string
  readonly tier: string
  readonly scope: Scope
  /** The chains it is in: what comes before conntrack or DNAT is for hosts alone. */
  readonly hook: 'normal' | 'untracked' | 'preDNAT'
  /** Whether a host endpoint is asked it for what its node forwards as well. */
  readonly onForward: boolean
  readonly rules: { readonly [D in PolicyType]?: ReadonlyArray<CompiledRule> }
}

const scopeOfPolicy = (policy: AnyPolicy, { selectors }: TestTable): Scope => {
  const { spec } = policy
  const text = JSON.stringify([
    namespaceOf(policy),
    spec.selector,
    isGlobal(policy) && spec.serviceAccountSelector !== undefined,
    isGlobal(policy) ? policy.spec.namespaceSelector : undefined,
    spec.serviceAccountSelector,
  ])
  const there = selectors.ids.get(`policy ${text}`)
  if (there !== undefined) return there
  const selector = selectorOf(policy)
  if (selector === undefined) return 'unreadable'
  return selector._tag === 'All' ? 'all' : internSelector(selectors, `policy ${text}`, selector)
}

const hookOf = (policy: AnyPolicy): CompiledPolicy['hook'] => {
  if (!isGlobal(policy)) return 'normal'
  if (policy.spec.doNotTrack === true) return 'untracked'
  return policy.spec.preDNAT === true ? 'preDNAT' : 'normal'
}

/** Whose rules they are, and which way they look. */
export interface RuleOwner {
  readonly policy: string
  readonly tier: string
  readonly namespace: string | undefined
  readonly direction: PolicyType
  /** Whether nobody knows if they are enforced. */
  readonly isUncertain?: boolean
}

export const compileRules = (
  rules: ReadonlyArray<Rule>,
  { policy, tier, namespace, direction, isUncertain = false }: RuleOwner,
  tests: TestTable,
): ReadonlyArray<CompiledRule> => {
  const compiled: Array<CompiledRule> = []
  for (const rule of rules) {
    const asked = endTest(tests, rule.source ?? {}, namespace, true)
    const source = isUncertain ? perhaps(tests, asked) : asked
    const destination = endTest(tests, rule.destination ?? {}, namespace, false)
    tests.farTests[direction].add(direction === 'Ingress' ? source : destination)
    compiled.push({
      id: tests.rules++,
      policy,
      tier,
      direction,
      index: compiled.length,
      action: rule.action,
      source,
      destination,
      packet: packetTest(rule, { source, destination }, tests),
      rule,
    })
  }
  return compiled
}

const rulesOf = (
  policy: AnyPolicy,
  owner: Omit<RuleOwner, 'direction'>,
  tests: TestTable,
): CompiledPolicy['rules'] => {
  const types = typesOf(policy)
  const rules: { [D in PolicyType]?: ReadonlyArray<CompiledRule> } = {}
  for (const { direction, field } of directions)
    if (types.includes(direction))
      rules[direction] = compileRules(policy.spec[field] ?? [], { direction, ...owner }, tests)
  return rules
}

export const compilePolicy = (
  { resource, origin, isUncertain = false }: GivenPolicy,
  tests: TestTable,
): CompiledPolicy => {
  const namespace = namespaceOf(resource)
  const name = printId({ kind: origin, namespace, name: resource.metadata.name })
  const tier = resource.spec.tier || 'default'
  return {
    resource,
    origin,
    ...(isUncertain ? { isUncertain } : {}),
    name,
    tier,
    scope: scopeOfPolicy(resource, tests),
    hook: hookOf(resource),
    onForward: isGlobal(resource) && resource.spec.applyOnForward === true,
    rules: rulesOf(resource, { policy: name, tier, namespace, isUncertain }, tests),
  }
}
