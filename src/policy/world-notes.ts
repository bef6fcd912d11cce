import type { Verdict } from './evaluate/reason.js'
import { isClusterPolicyKind, missingRelease } from './world/cluster-policy-kinds.js'
import type { PolicyOrigin, WorldParts } from './world/world-parts.js'

/** An answer of a world, and what of the world it leaves out of account. */
export type Noted<A> = A & {
  /** Policies that are there and have no say: those that this Calico does not enforce, and those of others. */
  readonly notes?: ReadonlyArray<string>
}

export interface WorldNotes {
  readonly on: <A extends Verdict>(answer: A) => Noted<A>
  /** Whether a policy may be one that is not enforced. */
  readonly isUncertain: (policy: string) => boolean
}

const rules: ReadonlyArray<string> = ['not-enforced', 'foreign-policy']

const policyKind = (policy: string): string => policy.slice(0, policy.indexOf('('))

/** What is to be said beside each answer about a world, worked out once. */
export const worldNotes = ({ passedOver = [], policies }: WorldParts): WorldNotes => {
  const notes = [
    ...new Set(passedOver.flatMap(({ rule, message }) => (rules.includes(rule) ? [message] : []))),
  ]
  let known: ReadonlySet<PolicyOrigin> | undefined
  const uncertain = (): ReadonlySet<PolicyOrigin> => {
    known ??= new Set(policies.flatMap(({ origin, isUncertain }) => (isUncertain === true ? [origin] : [])))
    return known
  }
  const isUncertain = (policy: string): boolean => uncertain().has(policyKind(policy) as PolicyOrigin)
  const complete = <A extends Verdict>(answer: A): A => {
    if (answer.decision !== 'unknown' || uncertain().size === 0) return answer
    const asked = new Set(
      answer.reasons.flatMap(({ policy, certain }) =>
        policy !== undefined && !certain && isUncertain(policy) ? [policyKind(policy)] : [],
      ),
    )
    const more = [...uncertain()].flatMap((kind) =>
      asked.has(kind) && isClusterPolicyKind(kind) ? [missingRelease(kind)] : [],
    )
    return { ...answer, missing: [...(answer.missing ?? []), ...more] }
  }
  return {
    on: (answer) => (notes.length === 0 ? complete(answer) : { ...complete(answer), notes }),
    isUncertain,
  }
}
