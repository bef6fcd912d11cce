import type { LabelSelector } from '../../model/meta/label-selector.js'

/** What a selector asks of one label. */
interface Wanted {
  /** The only values that will do; any, where there is none. */
  readonly oneOf?: ReadonlySet<string>
  readonly noneOf: ReadonlySet<string>
  readonly isThere: boolean
  readonly isAbsent: boolean
}

interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values: ReadonlyArray<string>
}

const anything: Wanted = { noneOf: new Set(), isThere: false, isAbsent: false }

/** `matchLabels` and `matchExpressions` as one list. */
const requirementsOf = ({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): ReadonlyArray<Requirement> => [
  ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  ...matchExpressions.map(({ key, operator, values = [] }) => ({ key, operator, values })),
]

const narrowed = (wanted: Wanted, { operator, values }: Requirement): Wanted => {
  switch (operator) {
    case 'In': {
      const oneOf = values.filter((value) => wanted.oneOf?.has(value) !== false)
      return { ...wanted, isThere: true, oneOf: new Set(oneOf) }
    }
    case 'NotIn':
      return { ...wanted, noneOf: new Set([...wanted.noneOf, ...values]) }
    case 'Exists':
      return { ...wanted, isThere: true }
    default:
      return { ...wanted, isAbsent: true }
  }
}

const cannotBe = ({ oneOf, noneOf, isThere, isAbsent }: Wanted): boolean =>
  (isThere && isAbsent) || (oneOf !== undefined && [...oneOf].every((value) => noneOf.has(value)))

/** The labels of which the selectors together ask what no object has; empty where something can meet them all. */
export const contradictions = (...selectors: ReadonlyArray<LabelSelector>): ReadonlyArray<string> => {
  const wanted = new Map<string, Wanted>()
  for (const one of selectors.flatMap(requirementsOf))
    wanted.set(one.key, narrowed(wanted.get(one.key) ?? anything, one))
  return [...wanted].filter(([, it]) => cannotBe(it)).map(([key]) => key)
}

const printed = ({ key, operator, values }: Requirement): string => {
  switch (operator) {
    case 'In':
      return `${key} in (${values.join(',')})`
    case 'NotIn':
      return `${key} notin (${values.join(',')})`
    case 'Exists':
      return key
    default:
      return `!${key}`
  }
}

/** The selector in the syntax of lists: `environment in (live,test),!exempt`. */
export const printLabelSelector = (selector: LabelSelector): string =>
  requirementsOf(selector).map(printed).join(',')
