import type { GlobalNetworkPolicy } from '../../model/global-network-policy.js'
import type { NetworkPolicy } from '../../model/network-policy.js'
import { defaultTypes, type PolicyType } from '../../model/policy.js'
import type { Resource } from '../../model/resource.js'
import type { StagedGlobalNetworkPolicy } from '../../model/staged-global-network-policy.js'
import type { StagedNetworkPolicy } from '../../model/staged-network-policy.js'

type GlobalPolicy = GlobalNetworkPolicy | StagedGlobalNetworkPolicy

/** A policy in Calico's own terms, enforced or on trial. */
export type AnyPolicy = NetworkPolicy | StagedNetworkPolicy | GlobalPolicy

/** One that stages a deletion, or is to be ignored or learnt, says nothing by its rules. */
export const isPolicy = (resource: Resource): resource is AnyPolicy => {
  switch (resource.kind) {
    case 'NetworkPolicy':
    case 'GlobalNetworkPolicy':
      return true
    case 'StagedNetworkPolicy':
    case 'StagedGlobalNetworkPolicy':
      return (resource.spec.stagedAction ?? 'Set') === 'Set'
    default:
      return false
  }
}

export const isGlobal = (policy: AnyPolicy): policy is GlobalPolicy =>
  policy.kind === 'GlobalNetworkPolicy' || policy.kind === 'StagedGlobalNetworkPolicy'

/** The types that the policy has, or that Calico gives it. */
export const typesOf = ({ spec }: AnyPolicy): ReadonlyArray<PolicyType> =>
  spec.types?.length ? spec.types : defaultTypes(spec)

/** The directions, with the field that has the rules of each. */
export const directions = [
  { direction: 'Ingress', field: 'ingress' },
  { direction: 'Egress', field: 'egress' },
] as const
