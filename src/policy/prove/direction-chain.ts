import type { PolicyType } from '../../model/policy/policy.js'
import type { Action } from '../../model/policy/rule.js'
import { protocolNumber } from '../../net/protocol-number.js'
import type { CompiledPolicy, CompiledRule } from '../compile/compiled-policy.js'
import type { CompiledTier } from '../compile/policy-set.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import { allOf, anyOf, byNumber, type Condition, constant } from './condition.js'
import { type EndConditions, endConditions } from './end-conditions.js'
import { packetConditions } from './packet-conditions.js'

/** A rule that decides, or passes on; one that logs does neither. */
export interface ChainRule {
  readonly action: Exclude<Action, 'Log'>
  readonly condition: Condition
}

/** A policy as pods of one direction are asked. */
export interface ChainPolicy {
  /** The tier's place; before all tiers, what Felix itself drops. */
  readonly place: number
  readonly endsWith: 'Deny' | 'Pass'
  readonly selects: Condition
  readonly rules: ReadonlyArray<ChainRule>
  readonly isOwn: boolean
  /** The same for what asks the same from here on, in worlds that know the same. */
  readonly rest: string
  /** Where the next tier begins. */
  readonly nextTier: number
}

export type DirectionChain = ReadonlyArray<ChainPolicy>

/** A world, as what flows are asked in it. */
export interface OpenWorld {
  /** The same for worlds that know the same beside their policies. */
  readonly mark: string
  readonly felix: string
  readonly world: PolicyWorld
  readonly ends: EndConditions
  readonly egress: DirectionChain
  readonly ingress: DirectionChain
}

/** What a policy asks in one direction, and how much that counts, as one text. */
export const contentOf = (policy: CompiledPolicy, tier: CompiledTier): string =>
  JSON.stringify([
    policy.name,
    policy.isUncertain,
    policy.resource.spec,
    tier.name,
    tier.order,
    tier.defaultAction,
  ])

export const ruleCondition = (rule: CompiledRule, ends: EndConditions, world: PolicyWorld): Condition => {
  const namespace = rule.policy
  const text = (it: unknown): string => `${JSON.stringify(it ?? {})} in ${namespace}`
  const { first, last } = packetConditions(rule.packet, rule.rule, { ends, world, text: text(rule.rule) })
  return allOf([
    ...first,
    ...(rule.source.id === 0 ? [] : [ends.means(rule.source, 'from', text(rule.rule.source))]),
    ...(rule.destination.id === 0 ? [] : [ends.means(rule.destination, 'to', text(rule.rule.destination))]),
    ...last,
  ])
}

/** Tunnels that pods make. Felix drops them whatever policies say. */
export const tunnels = ({ felix: { vxlanPort, dropsIPIP } }: PolicyWorld): Condition => {
  const one = (value: number) => [{ from: value, until: value + 1 }]
  return anyOf([
    ...(dropsIPIP ? [byNumber('protocol', one(4))] : []),
    ...(vxlanPort === undefined
      ? []
      : [allOf([byNumber('protocol', one(protocolNumber('UDP'))), byNumber('port', one(vxlanPort))])]),
  ])
}

type Unlinked = Omit<ChainPolicy, 'rest' | 'nextTier'> & { readonly content: string }

/** A word that stands for what worlds do not know, and short names for texts, the same in all worlds of a proof. */
export interface Sharing {
  readonly mark: string
  readonly names: Map<string, number>
}

/** Each policy with what follows it. */
const linked = (policies: ReadonlyArray<Unlinked>, { mark, names }: Sharing): DirectionChain => {
  const chain: Array<ChainPolicy> = []
  let rest = mark
  let nextTier = policies.length
  for (let i = policies.length - 1; i >= 0; i--) {
    const policy = policies[i]
    if (policy === undefined) continue
    const { content, ...it } = policy
    if (policies[i + 1]?.place !== it.place) nextTier = i + 1
    const text = `${content} ${rest}`
    const name = names.get(text) ?? names.size
    names.set(text, name)
    rest = `${name}`
    chain.push({ ...it, rest, nextTier })
  }
  return chain.reverse()
}

const chainOf = (
  world: PolicyWorld,
  ends: EndConditions,
  direction: PolicyType,
  sharing: Sharing,
): DirectionChain => {
  const side = direction === 'Egress' ? 'from' : 'to'
  const found: Array<Unlinked> = []
  if (direction === 'Egress')
    found.push({
      place: -1,
      endsWith: 'Pass',
      selects: constant(true),
      rules: [{ action: 'Deny', condition: tunnels(world) }],
      isOwn: false,
      content: JSON.stringify(world.felix),
    })
  world.policies.tiers.forEach((tier, place) => {
    for (const policy of tier.policies) {
      const rules = policy.rules[direction]
      if (policy.hook !== 'normal' || rules === undefined) continue
      found.push({
        place,
        endsWith: tier.defaultAction,
        selects: ends.selects(policy.scope, side, policy.name),
        rules: rules.flatMap((rule) =>
          rule.action === 'Log' ? [] : [{ action: rule.action, condition: ruleCondition(rule, ends, world) }],
        ),
        isOwn: true,
        content: contentOf(policy, tier),
      })
    }
  })
  return linked(found, sharing)
}

export const openWorld = (world: PolicyWorld, sharing: Sharing): OpenWorld => {
  const ends = endConditions(world, { tests: world.tests, mark: sharing.mark })
  return {
    mark: sharing.mark,
    felix: JSON.stringify(world.felix),
    world,
    ends,
    egress: chainOf(world, ends, 'Egress', sharing),
    ingress: chainOf(world, ends, 'Ingress', sharing),
  }
}
