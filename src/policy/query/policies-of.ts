import type { PolicyType } from '../../model/policy.js'
import type { ResolvedPeer } from '../compile/peer-resolver.js'
import { policiesOfPeer } from '../evaluate/chain.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'

/** A policy that selects a peer. */
export interface SelectingPolicy {
  readonly policy: string
  readonly tier: string
  readonly types: ReadonlyArray<PolicyType>
  /** Whether it surely selects it; otherwise that hangs on what is not given. */
  readonly certain: boolean
}

/** The policies that select a pod, in the order in which they are asked. Those for hosts alone are not among them. */
export const policiesOf = (
  { policies }: PolicyWorld,
  { at: [{ peer }] }: ResolvedPeer,
): ReadonlyArray<SelectingPolicy> =>
  policiesOfPeer(peer, policies)
    .filter(({ policy }) => policy.hook === 'normal')
    .map(({ policy, selects }) => ({
      policy: policy.name,
      tier: policy.tier,
      types: (['Ingress', 'Egress'] as const).filter((type) => policy.rules[type] !== undefined),
      certain: selects === 2,
    }))
