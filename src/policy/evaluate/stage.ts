import type { PolicyType } from '../../model/policy/policy.js'
import type { Governance, Host, KnownEndpoint } from '../compile/host-table.js'
import type { Hop } from './hop.js'
import type { HostAsks } from './host-asks.js'
import type { AskedChain, Hook, HostChain } from './reason.js'

/** One chain on a packet's way, and what it means for what comes after it. */
export interface Stage {
  /** What is asked; a pod's own policies where there is none. */
  readonly asks?: HostAsks
  readonly direction: PolicyType
  /** What it lets through is let through by those after it that are asked only unless something was. */
  readonly isGuard: boolean
  readonly isUnlessAccepted: boolean
  /** Whether it sees the destination before that was rewritten. */
  readonly isBeforeDNAT: boolean
  /** Whether it sees a source that a node before it has put in place of the first. */
  readonly masqueradedBy?: string
  /** The first of a node. */
  readonly startsHop: boolean
}

/** A stage, and the chain that it is of a node, or of a pod. Nodes alike share stages. */
export interface PlacedStage {
  readonly stage: Stage
  readonly asked: AskedChain
}

/** What stages are made of. */
export interface StageParts {
  readonly asksOf: (host: Host, endpoint: KnownEndpoint, hook: Hook, direction: PolicyType) => HostAsks
  readonly toHost: (host: Host) => HostAsks
  readonly toRouter: () => HostAsks
  /** What nodes let through or drop of tunnels before their endpoints are asked. */
  readonly tunnels: (isBetweenNodes: boolean, direction: PolicyType) => HostAsks
}

/** How much of a way is before the destination is rewritten: all of it, what comes before routing, or nothing. */
export interface Seen {
  readonly before: 'all' | 'early' | 'none'
  readonly masqueradedBy?: string
}

/** The node of a hop, and which endpoints it comes in by and goes out by. */
export interface HopAt {
  readonly host: Host
  readonly by: { readonly in: Governance; readonly out: Governance }
  readonly seen: Seen
  /** Whether both ends are nodes. */
  readonly isBetweenNodes: boolean
}

type Flags = Partial<Pick<Stage, 'isGuard' | 'isUnlessAccepted'>>

/**
 * What a packet is asked on its way through a node, in the order of the kernel's tables. Hooks at which no policy is
 * asked are left out.
 *
 * **Source**: `felix/rules/static.go`.
 */
export const stagesOf = (
  { in: from, out: to }: Hop,
  { host, by, seen, isBetweenNodes }: HopAt,
  parts: StageParts,
): ReadonlyArray<PlacedStage> => {
  const stages: Array<PlacedStage> = []
  const add = (
    asks: HostAsks | undefined,
    direction: PolicyType,
    chain: HostChain | undefined,
    flags: Flags & { readonly isEarly?: boolean } = {},
  ): void => {
    if (asks !== undefined && asks.chain.length === 0) return
    const stage: Stage = {
      ...(asks === undefined ? {} : { asks }),
      direction,
      isGuard: flags.isGuard === true,
      isUnlessAccepted: flags.isUnlessAccepted === true,
      isBeforeDNAT: seen.before === 'all' || (seen.before === 'early' && flags.isEarly === true),
      ...(seen.masqueradedBy === undefined ? {} : { masqueradedBy: seen.masqueradedBy }),
      startsHop: stages.length === 0,
    }
    stages.push({ stage, asked: chain === undefined ? { direction } : { direction, host: chain } })
  }
  const at = (
    endpoint: KnownEndpoint | undefined,
    hook: Hook,
    direction: PolicyType,
    flags: Parameters<typeof add>[3] = {},
  ): void => {
    if (endpoint === undefined) return
    const chain = { node: host.name, hook, endpoint: endpoint.entity.name }
    add(parts.asksOf(host, endpoint, hook, direction), direction, chain, flags)
  }
  const pod = (direction: PolicyType, flags: Flags = {}): void => add(undefined, direction, undefined, flags)
  const early = { isGuard: true, isEarly: true }
  const has = (endpoint: KnownEndpoint | undefined, hook: Hook): boolean =>
    endpoint !== undefined &&
    (['Ingress', 'Egress'] as const).some((it) => parts.asksOf(host, endpoint, hook, it).isAsked !== 0)
  const [ofIn, ofOut] = [by.in.named ?? by.in.all, by.out.named ?? by.out.all]

  const tunnels = (direction: PolicyType): void =>
    add(
      parts.tunnels(isBetweenNodes, direction),
      direction,
      { node: host.name, hook: 'normal' },
      { isGuard: true, isUnlessAccepted: true },
    )

  if (from === 'self') {
    if (to === 'pod') return []
    at(by.out.named, 'untracked', 'Egress', early)
    if (to === 'fabric') tunnels('Egress')
    at(ofOut, 'normal', 'Egress', { isUnlessAccepted: true })
    return stages
  }
  if (from !== 'pod') at(by.in.named, 'untracked', 'Ingress', early)
  // An endpoint of the interface without preDNAT policies leaves it to the one of all interfaces.
  const preDNAT = has(by.in.named, 'preDNAT') ? by.in.named : by.in.all
  const isToHost = from === 'pod' && to === 'self'
  at(preDNAT, 'preDNAT', 'Ingress', { isGuard: !isToHost, isEarly: true, isUnlessAccepted: from !== 'pod' })
  if (isToHost) {
    add(
      parts.toRouter(),
      'Egress',
      { node: host.name, hook: 'DefaultEndpointToHostAction' },
      { isGuard: true },
    )
    pod('Egress', { isUnlessAccepted: true })
    add(
      parts.toHost(host),
      'Ingress',
      { node: host.name, hook: 'DefaultEndpointToHostAction' },
      { isUnlessAccepted: true },
    )
    return stages
  }
  if (to === 'self') {
    if (from === 'fabric') tunnels('Ingress')
    at(ofIn, 'normal', 'Ingress', { isUnlessAccepted: true })
    return stages
  }
  at(ofIn, 'forward', 'Ingress', { isUnlessAccepted: true })
  if (from === 'pod') pod('Egress')
  if (to === 'pod') pod('Ingress')
  at(ofOut, 'forward', 'Egress')
  return stages
}

/** The same for stages that are the same whatever node they are of. */
const keyOf = (stage: Stage): string => {
  const { asks, direction, isGuard, isUnlessAccepted, isBeforeDNAT, masqueradedBy, startsHop } = stage
  const flags = [isGuard, isUnlessAccepted, isBeforeDNAT, startsHop].map(Number).join('')
  return `${asks?.id ?? 'pod'} ${direction} ${flags} ${masqueradedBy ?? ''}`
}

/** Gives each list of stages once. */
export const stageLists = (): ((stages: ReadonlyArray<Stage>) => ReadonlyArray<Stage>) => {
  const lists = new Map<string, ReadonlyArray<Stage>>()
  return (stages) => {
    const key = stages.map(keyOf).join('|')
    const there = lists.get(key) ?? stages
    lists.set(key, there)
    return there
  }
}
