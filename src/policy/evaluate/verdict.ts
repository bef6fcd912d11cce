import { orThrow } from '../../error.js'
import { parseVersion, release, type Version } from '../../model/calico-version.js'
import type { Resource } from '../../model/resource.js'
import type { Flow } from '../world/flow.js'
import { requireDescribedFlow, requireResources } from '../world/given-arguments.js'
import { decodeOptions } from '../world/given-world.js'
import { partsOf, type WorldParts } from '../world/world-parts.js'
import { judge } from './judge.js'
import { partsForFlow } from './policies-of-flow.js'
import { type PolicyWorld, policyWorld, worldOf } from './policy-world.js'
import type { Verdict } from './reason.js'
import { repeatedWorld } from './repeated-world.js'

export const verdictIn = (world: PolicyWorld, flow: Flow): Verdict =>
  judge(world, { from: world.peers.resolve(flow.from), to: world.peers.resolve(flow.to) }, flow, flow)

const isBare = ({ policies, others }: WorldParts): boolean => policies.length + others.length === 0

const bareWorlds = new Map<Version, PolicyWorld>()

/** A world without policies: most flows of a short list of policies are none of theirs. */
const bareWorld = (calico: Version): PolicyWorld => {
  const there = bareWorlds.get(calico) ?? worldOf([], calico)
  bareWorlds.set(calico, there)
  return there
}

/** By the rules of which Calico a flow is judged. */
export interface VerdictOptions {
  /** The Calico whose order of policies holds, such as `'3.28'`, which it is unless another is named. */
  readonly calico?: `3.${number}`
}

const versions = new Map<unknown, Version>([['3.28', release('3.28')]])

/** Throws `Invalid` for what is no version. */
const versionOf = (options: VerdictOptions): Version => {
  const there = versions.get(Object(options).calico ?? '3.28')
  if (there !== undefined && options !== null) return there
  const { calico = '3.28' } = orThrow(decodeOptions(options)) as VerdictOptions
  orThrow(parseVersion(calico))
  const version = release(calico)
  versions.set(calico, version)
  return version
}

/**
 * Whether the policies let the flow through: the egress of the pod it comes from, and the ingress of the pod it goes
 * to. `unknown` where that hangs on what is not given, and then it says what.
 *
 * Takes all resources that matter: policies, tiers, network sets. For more than one flow, `compile` them once; it
 * takes Kubernetes' own policies, too. Throws `Invalid` for what is no list of resources, or no flow.
 *
 * **Source**: `felix/calc`, `felix/rules`.
 *
 * @example
 * const pod = (role: string) => ({ _tag: 'Workload', namespace: 'shop', labels: { role } }) as const
 * const policy = networkPolicy('api', 'shop').selector("role == 'api'").denyIngress({ protocol: 'TCP' })
 * verdict([policy], { from: pod('web'), to: pod('api'), protocol: 'TCP', port: 80 }).decision // => 'denied'
 */
export const verdict = (
  resources: ReadonlyArray<Resource>,
  flow: Flow,
  options: VerdictOptions = {},
): Verdict => {
  requireResources(resources)
  requireDescribedFlow(flow)
  const version = versionOf(options)
  const repeated = repeatedWorld(resources, version)
  if (repeated !== undefined) return verdictIn(repeated, flow)
  const { parts, from, to } = partsForFlow(partsOf(resources), flow)
  const world = isBare(parts) ? bareWorld(version) : policyWorld(parts, version)
  const peers = { from: world.peers.resolve(flow.from, from), to: world.peers.resolve(flow.to, to) }
  return judge(world, peers, flow, flow)
}
