import { isTiered, kindFacts, type TieredKind } from '../../model/kind.js'
import { defaultTypes, type PolicyType } from '../../model/policy/policy.js'
import type { Kinds, Resource } from '../../model/resource.js'

/** A policy in Calico's own terms, enforced or on trial. */
export type AnyPolicy = Kinds[TieredKind]

type GlobalPolicy = Extract<AnyPolicy, { readonly kind: 'GlobalNetworkPolicy' | 'StagedGlobalNetworkPolicy' }>

/** One that stages a deletion, or is to be ignored or learnt, says nothing by its rules. */
export const isPolicy = (resource: Resource): resource is AnyPolicy =>
  isTiered(resource.kind) &&
  (!('stagedAction' in resource.spec) || (resource.spec.stagedAction ?? 'Set') === 'Set')

export const isGlobal = (policy: AnyPolicy): policy is GlobalPolicy => !kindFacts[policy.kind].namespaced

/** The types that the policy has, or that Calico gives it. */
export const typesOf = ({ spec }: AnyPolicy): ReadonlyArray<PolicyType> =>
  spec.types?.length ? spec.types : defaultTypes(spec)

/** The directions, with the field that has the rules of each. */
export const directions = [
  { direction: 'Ingress', field: 'ingress' },
  { direction: 'Egress', field: 'egress' },
] as const
