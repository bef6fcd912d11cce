import type { PolicyType } from '../../model/policy/policy.js'
import type { HostRules } from '../compile/host-rules.js'
import type { Governance, Host, KnownEndpoint } from '../compile/host-table.js'
import type { PeerAt, PeerResolver } from '../compile/peer-resolver.js'
import type { Place } from '../compile/place.js'
import type { PolicySet } from '../compile/policy-set.js'
import type { Gate, Hop } from './hop.js'
import type { AskedChain, Hook, Reason } from './reason.js'
import { type Route, routesBetween, type WayAbout } from './route.js'
import { type PlacedStage, type Seen, type Stage, stageLists, stagesOf } from './stage.js'
import { asksFor } from './stage-asks.js'

/** All that a packet is asked on its way from one place to another. */
export interface HostPlan {
  readonly stages: ReadonlyArray<Stage>
  /** The chains that the stages are. */
  readonly chains: ReadonlyArray<AskedChain>
  /** What is not known of the way itself: then nothing is surely let through. */
  readonly missing: ReadonlyArray<string>
  /** The pods whose nodes nobody has named. */
  readonly needsNodeOf: ReadonlyArray<'from' | 'to'>
  /** Whether nothing is surely dropped either: the way may be one on which nobody asks. */
  readonly isOpen: boolean
  readonly isBPF: boolean
  /** The node that it would go through, where nobody has named one. */
  readonly by: string | undefined
  /** Reasons, with the host whose say they are, as they come up. */
  readonly named: Map<Reason, Reason>
}

export interface HostPlans {
  /** The ways it may be, one for each interface that nobody has named. */
  readonly between: (from: Place, to: Place, about?: WayAbout) => ReadonlyArray<HostPlan>
  /** Whether policies of hosts may be asked on the way to or from pods. */
  readonly areOnTheWay: () => boolean
  readonly host: (node: string) => Host
  /** What is at an address, and at a node's of a family. */
  readonly peerAt: (ip: string) => PeerAt
  readonly peerOf: (node: string, family: 4 | 6 | undefined) => PeerAt
}

export interface HostPlanParts {
  readonly hosts: { readonly all: ReadonlyMap<string, Host>; readonly named: (name: string) => Host }
  readonly rules: HostRules
  readonly policies: PolicySet
  readonly peers: PeerResolver
}

const endpointsOf = ({ hosts }: HostPlanParts): ReadonlyArray<readonly [Host, KnownEndpoint]> =>
  [...hosts.all.values()].flatMap((host) => host.endpoints.map((it) => [host, it] as const))

/** The chains of eBPF are others: they are the same only where a packet meets no more than an interface's own endpoint. */
const isSameInBPF = (stages: ReadonlyArray<PlacedStage>, { in: from, out: to }: Hop): boolean =>
  [from, to].every((gate) => gate === 'self' || gate === 'fabric') &&
  stages.every(({ asked }) => asked.host?.hook === 'normal')

/** An end that is a node says by which interface packets come and go. */
const hopText = (hop: Hop, end: Place | undefined): string =>
  `${hop.node} ${hop.in} ${hop.out} ${end?._tag === 'Host' ? end.id : ''}`

/** Nodes that nobody has named, and that ask the same, are one. */
const distinct = (plans: ReadonlyArray<HostPlan>): ReadonlyArray<HostPlan> => {
  if (plans.every(({ by }) => by === undefined)) return plans
  const found = new Map<ReadonlyArray<Stage>, HostPlan>()
  for (const plan of plans) {
    const there = found.get(plan.stages)
    if (there === undefined || (plan.isOpen && !there.isOpen)) found.set(plan.stages, plan)
  }
  return [...found.values()]
}

/** So many ways are remembered; then it begins anew. */
const mostPlans = 200_000

const nothing = {
  stages: [],
  chains: [],
  missing: [],
  needsNodeOf: [],
  isOpen: false,
  isBPF: false,
  by: undefined,
}

export const hostPlans = (given: HostPlanParts): HostPlans => {
  const parts = asksFor(given)
  const listed = stageLists()
  const nobody: Governance = { named: undefined, all: undefined }
  /** Ways through a node where a flow says nothing of them: the same to and from many others. */
  const known = new Map<string, ReadonlyArray<ReadonlyArray<PlacedStage>>>()
  const usual = (key: string, make: () => ReadonlyArray<ReadonlyArray<PlacedStage>>) => {
    const there = known.get(key) ?? make()
    known.set(key, there)
    return there
  }

  const governedBy = (
    gate: Gate,
    host: Host,
    end: Place | undefined,
    iface: string | undefined,
  ): ReadonlyArray<Governance> => {
    if (gate === 'self') return [nobody]
    if (gate === 'pod') return [{ named: undefined, all: host.all }]
    if (gate === 'loopback') return host.governing('lo', undefined)
    if (end?._tag !== 'Host') return host.governing(iface, undefined)
    const name = end.isNamed ? end.interface : (iface ?? end.interface)
    return host.governing(name, name === end.interface ? end.address : undefined)
  }

  const plansOf = (
    { hops, by, rewriting: rewritten }: Route,
    ends: readonly [Place, Place],
    about: WayAbout,
  ): ReadonlyArray<HostPlan> => {
    const at =
      rewritten === undefined
        ? -1
        : Math.max(
            0,
            hops.findIndex(({ node }) => node === rewritten.node),
          )
    const seen = (i: number): Seen => ({
      before: rewritten === undefined || i > at ? 'none' : i < at ? 'all' : 'early',
      ...(rewritten !== undefined && i > at && hops[at]?.in === 'fabric' && hops[at].out === 'fabric'
        ? { masqueradedBy: hops[at].node }
        : {}),
    })
    const isBetweenNodes = ends.every(({ _tag }) => _tag === 'Host')
    let plans: ReadonlyArray<HostPlan> = [{ ...nothing, by, named: new Map() }]
    for (const [i, hop] of hops.entries()) {
      const host = given.hosts.named(hop.node)
      const end = hop.end === undefined ? undefined : ends[hop.end === 'from' ? 0 : 1]
      const own = about.through?.node === hop.node ? about.through : undefined
      const waysOf = (): ReadonlyArray<ReadonlyArray<PlacedStage>> =>
        governedBy(hop.in, host, end, own?.in ?? about.interface).flatMap((one) =>
          governedBy(hop.out, host, end, own?.out ?? about.interface).map((other) =>
            stagesOf(hop, { host, by: { in: one, out: other }, seen: seen(i), isBetweenNodes }, parts),
          ),
        )
      const isUsual = rewritten === undefined && own === undefined && about.interface === undefined
      const ways = isUsual ? usual(`${hopText(hop, end)} ${isBetweenNodes}`, waysOf) : waysOf()
      plans = plans.flatMap((plan) =>
        ways.map((stages) => {
          const isUnsure = host.felix.isBPF && !isSameInBPF(stages, hop)
          return {
            stages: listed([...plan.stages, ...stages.map(({ stage }) => stage)]),
            missing: [
              ...plan.missing,
              ...(isUnsure
                ? [`what the eBPF dataplane of ${hop.node} does: its chains for hosts are others`]
                : []),
            ],
            needsNodeOf: [],
            by,
            isOpen: plan.isOpen || isUnsure,
            isBPF: plan.isBPF || host.felix.isBPF,
            named: new Map(),
            chains: [...plan.chains, ...stages.map(({ asked }) => asked)],
          }
        }),
      )
    }
    return plans
  }

  const podStage = (direction: PolicyType): Stage => ({
    direction,
    isGuard: false,
    isUnlessAccepted: false,
    isBeforeDNAT: false,
    startsHop: direction === 'Egress',
  })
  const missingAt = (place: Place): ReadonlyArray<string> => (place._tag === 'Unknown' ? [place.missing] : [])
  const isNodeMissing = (place: Place): boolean => place._tag === 'Pod' && place.node === undefined
  const unknownWay = (from: Place, to: Place, missing: ReadonlyArray<string>): HostPlan => {
    const stages = [
      ...(from._tag === 'Pod' ? [podStage('Egress')] : []),
      ...(to._tag === 'Pod' ? [podStage('Ingress')] : []),
    ]
    const isElsewhere = from._tag === 'Unknown' || to._tag === 'Unknown'
    return {
      stages,
      chains: stages.map(({ direction }) => ({ direction })),
      missing: [...missing, ...missingAt(from), ...missingAt(to)],
      needsNodeOf: isElsewhere
        ? []
        : [
            ...(isNodeMissing(from) ? (['from'] as const) : []),
            ...(isNodeMissing(to) ? (['to'] as const) : []),
          ],
      // Between pods, and to and from the outside, a pod's own policies are asked whatever else is.
      isOpen: [from, to].some(({ _tag }) => _tag === 'Host' || _tag === 'Unknown'),
      isBPF: false,
      by: undefined,
      named: new Map(),
    }
  }

  /** By the interface that a flow names; by both places. */
  const plain = new Map<string | undefined, Array<Array<ReadonlyArray<HostPlan> | undefined>>>()
  let count = 0
  const make = (from: Place, to: Place, about: WayAbout): ReadonlyArray<HostPlan> => {
    const routes = routesBetween([from, to], about, given.hosts.all)
    if ('missing' in routes) return [unknownWay(from, to, routes.missing)]
    return distinct(routes.flatMap((route) => plansOf(route, [from, to], about)))
  }
  let onTheWay: boolean | undefined
  const peersAt = new Map<string, PeerAt>()
  return {
    host: given.hosts.named,
    peerAt: (ip) => {
      const there = peersAt.get(ip) ?? given.peers.resolve({ _tag: 'Address', ip }).at[0]
      peersAt.set(ip, there)
      return there
    },
    peerOf: (node, family) => {
      const { at } = given.peers.resolve({ _tag: 'Node', name: node })
      return at.find((it) => it.family === family) ?? at[0]
    },
    between: (from, to, about = {}) => {
      if (about.rewriting !== undefined || about.through !== undefined) return make(from, to, about)
      const there = plain.get(about.interface)?.[from.id]?.[to.id]
      if (there !== undefined) return there
      if (++count > mostPlans) {
        plain.clear()
        count = 1
      }
      const rows = plain.get(about.interface) ?? []
      plain.set(about.interface, rows)
      const row = rows[from.id] ?? []
      rows[from.id] = row
      const fresh = make(from, to, about)
      row[to.id] = fresh
      return fresh
    },
    areOnTheWay: () => {
      onTheWay ??= endpointsOf(given).some(([host, endpoint]) =>
        (['untracked', 'preDNAT', 'forward'] as ReadonlyArray<Hook>).some((hook) =>
          (['Ingress', 'Egress'] as const).some(
            (direction) => parts.asksOf(host, endpoint, hook, direction).isAsked !== 0,
          ),
        ),
      )
      return onTheWay
    },
  }
}
