import type { PolicyType } from '../../model/policy/policy.js'
import type { CompiledPolicy } from '../compile/compiled-policy.js'
import { policiesOfPeer } from '../evaluate/applying-policy.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import type { Verdict } from '../evaluate/reason.js'

/** A rule, by its place. */
export interface RulePlace {
  readonly policy: string
  readonly direction: PolicyType
  readonly rule: number
}

const allPolicies = ({ policies }: PolicyWorld): ReadonlyArray<CompiledPolicy> =>
  policies.tiers.flatMap((tier) => tier.policies).filter(({ hook }) => hook === 'normal')

/** The rules that had no say, not even perhaps, in any of the verdicts. */
export const unusedRules = (world: PolicyWorld, verdicts: Iterable<Verdict>): ReadonlyArray<RulePlace> => {
  const used = new Set<string>()
  const key = (policy: string, direction: PolicyType, rule: number): string =>
    `${direction} ${rule} ${policy}`
  for (const { reasons } of verdicts)
    for (const { policy, direction, rule } of reasons)
      if (policy !== undefined && rule !== undefined) used.add(key(policy, direction, rule))
  return allPolicies(world).flatMap(({ rules }) =>
    Object.values(rules)
      .flat()
      .filter(({ policy, direction, index }) => !used.has(key(policy, direction, index)))
      .map(({ policy, direction, index }) => ({ policy, direction, rule: index })),
  )
}

/** Policies that select no pod and no host endpoint of the world, and pods that no policy of a direction selects. */
export interface Idle {
  readonly policies: ReadonlyArray<string>
  readonly pods: { readonly [D in PolicyType]: ReadonlyArray<string> }
}

export const idle = (world: PolicyWorld): Idle => {
  const selecting = new Set<CompiledPolicy>()
  const free = { Ingress: [] as Array<string>, Egress: [] as Array<string> }
  for (const [name, pod] of world.endpoints.pods) {
    const applying = policiesOfPeer(world.peers.resolve(pod).at[0].peer, world.policies)
    for (const { policy } of applying) selecting.add(policy)
    for (const direction of ['Ingress', 'Egress'] as const) {
      const isFree = !applying.some(({ policy }) => policy.hook === 'normal' && policy.rules[direction])
      if (isFree) free[direction].push(name)
    }
  }
  for (const entity of world.endpoints.entities) {
    if (entity._tag !== 'HostEndpoint') continue
    const own = world.peers.classOf(entity)
    for (const { policy } of policiesOfPeer({ own }, world.policies)) selecting.add(policy)
  }
  return {
    policies: allPolicies(world).flatMap((policy) => (selecting.has(policy) ? [] : [policy.name])),
    pods: free,
  }
}
