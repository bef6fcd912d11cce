import type { PolicyType } from '../../model/policy/policy.js'
import type { CompiledRule } from '../compile/compiled-policy.js'
import type { HostRules } from '../compile/host-rules.js'
import type { KnownEndpoint } from '../compile/host-table.js'
import type { EntityClass } from '../compile/peer-class.js'
import type { CompiledTier, PolicySet, RankedPolicy } from '../compile/policy-set.js'
import { type Certainty, either } from '../compile/three-valued.js'
import type { FelixOfNode } from '../world/felix-of-node.js'
import { policiesOfPeer } from './applying-policy.js'
import { type Ask, askOf, type Chain, endAsk, ruleAsk } from './chain.js'
import type { Hook, Reason } from './reason.js'

/** What a host endpoint asks at one hook, in one direction. */
export interface HostAsks {
  readonly id: number
  readonly chain: Chain
  /** Whether any policy is asked there: without one, the hook might as well not be. */
  readonly isAsked: Certainty
  /** What is not given of the endpoint, and has a say. */
  readonly missing: ReadonlyArray<string>
}

/** What a chain is made for. */
export interface HostAsksOf {
  readonly own: EntityClass
  readonly endpoint: KnownEndpoint
  readonly felix: FelixOfNode
  readonly hook: Hook
  readonly direction: PolicyType
}

const isAt = ({ policy }: RankedPolicy, hook: Hook): boolean =>
  hook === 'forward' ? policy.hook === 'normal' && policy.onForward : policy.hook === hook

/** A rule that stands beside policies. */
export const besideAsk = (
  rule: CompiledRule,
  about: Pick<Ask, 'tier'> & { readonly by: NonNullable<Reason['by']>; readonly leaves?: boolean },
): Ask => {
  const { by, tier, leaves = false } = about
  const { action, direction, policy, index } = rule
  const reason = {
    direction,
    tier: '',
    ...(policy === '' ? {} : { policy, rule: index }),
    by,
    action,
    certain: true,
  }
  return askOf({ tier, action, rule, isAsked: 2, key: `${rule.id}`, reason, leaves })
}

/** Something that decides all that comes so far. */
export const finalAsk = (
  tier: number,
  reason: Pick<Reason, 'direction' | 'by' | 'action'>,
  isAsked: Certainty = 2,
): Ask =>
  askOf({
    tier,
    action: reason.action,
    isAsked,
    key: `${reason.by} ${reason.action}${isAsked === 2 ? '' : '?'}`,
    reason: { tier: '', certain: true, ...reason },
  })

const profileAsks = (
  { endpoint: { spec }, direction }: HostAsksOf,
  tier: number,
  rules: HostRules,
): { readonly asks: ReadonlyArray<Ask>; readonly missing: ReadonlyArray<string> } => {
  const { profiles = [] } = spec
  const unknown = profiles.filter((name) => rules.profile(name) === undefined)
  const asks = profiles.flatMap((name) =>
    (rules.profile(name)?.[direction] ?? []).map((rule) => besideAsk(rule, { tier, by: 'profile' })),
  )
  const open = unknown.length > 0 ? [finalAsk(tier, { direction, by: 'profile', action: 'Allow' }, 1)] : []
  return {
    asks: [...asks, ...open, finalAsk(tier, { direction, by: 'profile', action: 'Deny' })],
    missing: unknown.map((name) => `the profile ${name}`),
  }
}

/**
 * A host endpoint's chain at one hook. What is before tracking and before DNAT leaves to others what no policy decides;
 * a tier has no end there, and failsafe ports are left out of it. On the way through there are no failsafe ports and no
 * profiles, and what no policy decides goes on.
 *
 * **Source**: `felix/rules/endpoints.go`, endpointIptablesChain; `felix/calc/event_sequencer.go`,
 * tierInfoToProtoTierInfo.
 */
export const hostAsksOf = (id: number, about: HostAsksOf, set: PolicySet, rules: HostRules): HostAsks => {
  const { own, endpoint, felix, hook, direction } = about
  const asks: Array<Ask> = []
  const isEarly = hook === 'untracked' || hook === 'preDNAT'
  const ends = new Map<string, Certainty>()
  let place = 0
  if (hook !== 'forward') {
    const those = hook === 'untracked' ? rules.untrackedFailsafe(felix) : rules.failsafe(felix)
    for (const rule of those[direction])
      asks.push(besideAsk(rule, { tier: place, by: 'failsafe port', leaves: isEarly }))
  }
  let current: CompiledTier | undefined
  let isAsked: Certainty = 0
  const close = (): void => {
    if (current !== undefined && !isEarly)
      asks.push(endAsk(current, place, direction, ends.get(current.name) ?? 0))
  }
  for (const ranked of policiesOfPeer({ own }, set)) {
    const { policy, tier, selects } = ranked
    const mine = policy.rules[direction]
    if (!isAt(ranked, hook) || mine === undefined) continue
    if (current?.name !== tier.name) {
      close()
      place++
      current = tier
    }
    isAsked = either(isAsked, selects)
    ends.set(tier.name, either(ends.get(tier.name) ?? 0, selects))
    for (const rule of mine) asks.push(ruleAsk(rule, place, selects))
  }
  close()
  if (hook !== 'normal')
    return {
      id,
      chain: isAsked === 0 ? [] : asks,
      isAsked,
      missing: endpoint.entity.known.open?.missing ?? [],
    }
  const profiles = profileAsks(about, place + 1, rules)
  return {
    id,
    chain: [...asks, ...profiles.asks],
    isAsked: 2,
    missing: [...(endpoint.entity.known.open?.missing ?? []), ...profiles.missing],
  }
}
