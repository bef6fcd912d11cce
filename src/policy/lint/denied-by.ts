import { covers as includes } from '../../net/interval.js'
import { compareTiers, tierFacts } from '../compile/ordered-tiers.js'
import { type End, letsThrough, type Match, type Nets, netsOf } from './match.js'
import { endOf, type Policy, type ResourceSet } from './resource-set.js'

/** An address of an end; `isNobodys` where no endpoint can have it, so that only networks name it. */
export interface TrafficEnd {
  readonly address: bigint
  readonly isNobodys: boolean
}

/** Traffic of one kind: what is left out may be anything. */
export interface Traffic {
  readonly protocol: number
  /** At the destination. */
  readonly port: number
  readonly source?: TrafficEnd
  readonly destination?: TrafficEnd
}

const isIn = ({ addresses }: Nets, address: bigint): boolean =>
  addresses.some((span) => span !== undefined && includes([span], address))

const mayMeanEnd = (end: End, at: TrafficEnd | undefined, setNets: Nets): boolean => {
  if (at === undefined) return true
  if (end.nets.given.length > 0 && !isIn(end.nets, at.address)) return false
  if (isIn(end.notNets, at.address)) return false
  if (!at.isNobodys) return true
  // Whatever a selector or a service finds, it is at other addresses, but for what sets of networks name.
  return end.services === '' && (end.scope === 'all' || isIn(setNets, at.address))
}

const mayMeanPort = ({ ports, notPorts }: End, port: number): boolean => {
  const has = ({ numbers }: End['ports']): boolean => includes(numbers, port)
  return (ports.given.length === 0 || ports.names.length > 0 || has(ports)) && !has(notPorts)
}

/** Whether a rule may be about some of the traffic. False only where it surely is not. */
export const mayMean = (match: Match, traffic: Traffic, setNets: Nets): boolean => {
  if (match.protocol !== undefined && match.protocol !== traffic.protocol) return false
  if (match.notProtocol === traffic.protocol) return false
  return (
    mayMeanPort(match.destination, traffic.port) &&
    mayMeanEnd(match.source, traffic.source, setNets) &&
    mayMeanEnd(match.destination, traffic.destination, setNets)
  )
}

const surelyMeansEnd = (end: End, at: TrafficEnd | undefined): boolean => {
  if (end.scope !== 'all' || end.notSelector !== 'none' || end.services !== '') return false
  if (at === undefined) return end.nets.given.length + end.notNets.given.length === 0
  return (
    (end.nets.given.length === 0 || isIn(end.nets, at.address)) &&
    end.notNets.addresses.every((span) => span !== undefined && !includes([span], at.address))
  )
}

/** Whether a rule is about all of the traffic. False where it may not be. */
const surelyMeans = (match: Match, { protocol, port, source, destination }: Traffic): boolean => {
  const { ports, notPorts } = match.destination
  const others = [match.icmp, match.notICMP, match.http]
  return (
    (match.protocol === undefined || match.protocol === protocol) &&
    match.ipVersion === undefined &&
    match.notProtocol === undefined &&
    others.every((it) => it === '') &&
    (ports.given.length === 0 || includes(ports.numbers, port)) &&
    notPorts.names.length === 0 &&
    !includes(notPorts.numbers, port) &&
    match.source.ports.given.length + match.source.notPorts.given.length === 0 &&
    surelyMeansEnd(match.source, source) &&
    surelyMeansEnd(match.destination, destination)
  )
}

/** The first of some rules that denies all of the traffic, where none before it may let some through. */
export const denyingRule = (
  rules: ReadonlyArray<Match>,
  traffic: Traffic,
  setNets: Nets,
): number | undefined => {
  const decides = (match: Match): boolean =>
    match.action === 'Deny'
      ? surelyMeans(match, traffic)
      : letsThrough(match) && mayMean(match, traffic, setNets)
  const at = rules.findIndex(decides)
  return rules[at]?.action === 'Deny' ? at : undefined
}

/** The networks that sets of the resources have: their addresses are found by selectors. */
export const networksOfSets = ({ resources }: ResourceSet): Nets =>
  netsOf(
    resources.flatMap((it) =>
      it?.kind === 'GlobalNetworkSet' || it?.kind === 'NetworkSet' ? (it.spec.nets ?? []) : [],
    ),
  )

export interface Asked {
  readonly direction: 'Ingress' | 'Egress'
  readonly traffic: Traffic
  /** Those that may apply. */
  readonly among: ReadonlyArray<Policy>
  /** Whether a policy applies to what the traffic comes to or from: surely, perhaps or not. */
  readonly applies: (policy: Policy) => 'surely' | 'perhaps' | 'not'
}

interface TierOfPolicies {
  readonly surely: Array<Policy>
  readonly may: Array<Policy>
}

const rulesOf = (policy: Policy, direction: Asked['direction']) =>
  policy.sides.find((side) => side.direction === direction)?.rules

const lets = (policy: Policy, direction: Asked['direction'], traffic: Traffic, setNets: Nets): boolean =>
  rulesOf(policy, direction)?.some(
    (match) => (match.action === 'Allow' || match.action === 'Pass') && mayMean(match, traffic, setNets),
  ) === true

/** The enforced policies that may let the traffic through, of those that may apply in a namespace or to hosts. */
export const lettingThrough = (
  set: ResourceSet,
  direction: Asked['direction'],
  traffic: Traffic,
): ((namespace: string | undefined) => ReadonlyArray<Policy>) => {
  const setNets = networksOfSets(set)
  const found = set.policies.filter(
    (policy) => policy.isEnforced && lets(policy, direction, traffic, setNets),
  )
  const groups = new Map<string | undefined, Array<Policy>>()
  for (const policy of found) {
    const group = groups.get(policy.namespace)
    if (group === undefined) groups.set(policy.namespace, [policy])
    else group.push(policy)
  }
  return (namespace) =>
    namespace === undefined ? found : [...(groups.get(undefined) ?? []), ...(groups.get(namespace) ?? [])]
}

/** A policy that denies traffic: by one of its rules, or at the end of its tier where there is none. */
export interface Denial {
  readonly policy: Policy
  readonly rule?: number
}

const orderOf = ({ resource }: Policy): number => resource.spec.order ?? Infinity

/** The first rules of a tier that deny the traffic, where no policy that may be asked before them lets some through. */
const deniedByRule = (
  { surely, may }: TierOfPolicies,
  denyingRuleOf: (policy: Policy) => number | undefined,
): ReadonlyArray<Denial> => {
  const denials = surely.flatMap((policy) => {
    const rule = denyingRuleOf(policy)
    return rule === undefined ? [] : [{ policy, rule }]
  })
  const found = denials.find(
    ({ policy }) => !may.some((other) => other !== policy && orderOf(other) <= orderOf(policy)),
  )
  return found === undefined ? [] : [found]
}

/**
 * What surely denies the traffic: the policies of a tier at whose end it is denied, whatever their order, or one with a rule
 * that denies it before any may let it through. None where some may, there or in an earlier tier.
 */
export const deniedBy = (
  set: ResourceSet,
  { direction, traffic, among, applies }: Asked,
): ReadonlyArray<Denial> => {
  const factsOf = tierFacts([...set.tiers.values()])
  const tiers = new Map<string, TierOfPolicies>()
  const setNets = networksOfSets(set)
  for (const policy of among) {
    if (!policy.isEnforced || rulesOf(policy, direction) === undefined) continue
    const how = applies(policy)
    if (how === 'not') continue
    // What is let through before connections are tracked, or turned elsewhere, may never come to the tiers.
    if (policy.phase !== 'normal') {
      if (lets(policy, direction, traffic, setNets)) return []
      continue
    }
    const tier = tiers.get(policy.tier) ?? { surely: [], may: [] }
    tiers.set(policy.tier, tier)
    if (lets(policy, direction, traffic, setNets)) tier.may.push(policy)
    if (how === 'surely') tier.surely.push(policy)
  }
  const inOrder = [...tiers].sort(([a], [b]) => compareTiers(factsOf(a), factsOf(b)))
  const denyingRuleOf = (policy: Policy): number | undefined =>
    denyingRule(rulesOf(policy, direction) ?? [], traffic, setNets)
  for (const [name, tier] of inOrder) {
    const { surely, may } = tier
    if (may.length === 0 && surely.length > 0 && endOf(set, name) === 'Deny')
      return surely.map((policy) => ({ policy }))
    const byRule = deniedByRule(tier, denyingRuleOf)
    if (may.length + byRule.length > 0) return byRule
  }
  return []
}
