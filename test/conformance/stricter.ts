import type { Invalid, Issue } from '../../src/error.js'

/**
 * Why we refuse some files that calicoctl takes. Each is one that a reader of the manifest would want to know of;
 * any other refusal of what Calico takes is a disagreement.
 */
export interface Reason {
  readonly why: string
  /** The rules of the issues that tell it. */
  readonly rules: ReadonlyArray<Issue['rule']>
}

export const reasons: Readonly<Record<string, Reason>> = {}

/** The reason, when each of the issues is one of the listed refusals. */
export const stricterReason = ({ issues }: Invalid): string | undefined => {
  const names = issues.map(({ rule }) =>
    Object.keys(reasons).find((name) => reasons[name]?.rules.includes(rule)),
  )
  return names.every((name) => name !== undefined) ? names[0] : undefined
}
