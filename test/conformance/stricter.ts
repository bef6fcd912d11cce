import type { Invalid, Issue } from '../../src/error.js'
import { fold } from '../../src/model/lenient.js'

/**
 * A kind of file that calicoctl takes and we refuse. Each is one that its author would want to know of. Any other
 * refusal of what calicoctl takes is a disagreement.
 */
export interface Reason {
  readonly why: string
  /** Whether the switch `lenient` takes it, and it then becomes what calicoctl makes of it. */
  readonly switched: boolean
  readonly is: (issue: Issue) => boolean
}

const isCaseOf = ({ path, hint = '' }: Issue): boolean => {
  const key = String(path.at(-1))
  const suggested = /did you mean "(.*)"\?/.exec(hint)?.[1]
  return suggested !== undefined && key !== suggested && fold(key) === fold(suggested)
}

const dangers = [
  ...['unknown-policy-type', 'unknown-operator', 'ip-block-format', 'ip-block-with-selector', 'label-syntax'],
  ...['end-port-without-port', 'empty-protocol'],
]

export const reasons: Readonly<Record<string, Reason>> = {
  'key in another case': {
    why: 'the keys of Calico have one spelling; two of them that differ in case alone are a trap',
    switched: true,
    is: (issue) => issue.rule === 'missing-key' || (issue.rule === 'unknown-key' && isCaseOf(issue)),
  },
  'number for a text': {
    why: 'YAML reads yes, 1.10 or 0123 as something else than it looks like; quotes say what is meant',
    switched: true,
    is: ({ rule, message }) => rule === 'wrong-type' && message.startsWith('expected a string'),
  },
  'a Kubernetes policy that no cluster has': {
    why: "Kubernetes' API server refuses it; Calico skips what is wrong, and allows more than the policy says",
    switched: true,
    is: ({ rule }) => dangers.includes(rule),
  },
  'nothing in a list': {
    why: 'Calico takes an empty item of a list for a rule or a peer that matches all',
    switched: false,
    is: ({ rule, path, message }) =>
      rule === 'wrong-type' && typeof path.at(-1) === 'number' && message.endsWith('got nothing'),
  },
  'equal keys': {
    why: 'of equal keys, calicoctl silently takes the last',
    switched: true,
    is: ({ rule }) => rule === 'duplicate-key',
  },
}

/** The reason that explains all of the issues, if one does. */
export const stricterReason = ({ issues }: Invalid, switched: boolean): string | undefined => {
  const names = issues.map((issue) =>
    Object.keys(reasons).find((name) => reasons[name]?.switched === switched && reasons[name].is(issue)),
  )
  return names.every((name) => name !== undefined) ? names[0] : undefined
}
