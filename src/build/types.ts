import { defaultTypes, type PolicySpec, type PolicyType } from '../model/policy/policy.js'

type Types = ReadonlyArray<PolicyType>

const ingress: Types = Object.freeze(['Ingress'] as const)
const egress: Types = Object.freeze(['Egress'] as const)
const both: Types = Object.freeze(['Ingress', 'Egress'] as const)

/**
 * The types that Calico would give a policy with these rules. Written into the policy all the same, since clusters that
 * store projectcalico.org/v3 themselves derive others from an empty list of rules.
 */
export const derivedTypes = (spec: Pick<PolicySpec, 'ingress' | 'egress'>): Types => {
  const types = defaultTypes(spec)
  if (types.length === 2) return both
  return types[0] === 'Egress' ? egress : ingress
}

/** The same for a policy of Kubernetes, as its API server does. */
export const derivedPolicyTypes = (spec: { readonly egress?: ReadonlyArray<unknown> }): Types =>
  (spec.egress?.length ?? 0) > 0 ? both : ingress

/** Whether a person gave these types: those derived are one of the three lists above, that very list. */
export const areGiven = (types: ReadonlyArray<string> | undefined): boolean =>
  types !== undefined && types !== ingress && types !== egress && types !== both
