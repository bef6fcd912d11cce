import { explainIssue } from '../../error.js'
import type { ClassChange } from '../../policy/connectivity/class-changes.js'
import { printChanges } from '../../policy/connectivity/print-connectivity.js'
import type { FieldChange, PlanItem } from '../report.js'
import type { PlanReport } from './plan-report.js'

export type PlanColour = 'green' | 'yellow' | 'red' | 'magenta' | 'dim'

/** How a plan is printed. */
export interface PrintOptions {
  /** With the values of the fields that change: a terminal may show them, a shared log hardly should. */
  readonly values?: boolean
  /** Puts a line in a colour. */
  readonly paint?: (colour: PlanColour, line: string) => string
}

const actions = {
  create: ['+', 'green'],
  update: ['~', 'yellow'],
  set: ['~', 'yellow'],
  restore: ['~', 'yellow'],
  delete: ['-', 'red'],
  conflict: ['!', 'magenta'],
  unchanged: ['=', 'dim'],
} as const

const changes = { added: ['+', 'green'], removed: ['-', 'red'], changed: ['~', 'yellow'] } as const

type Line = readonly [colour: PlanColour | undefined, text: string]

const valuesOf = ({ change, from, to }: FieldChange): string => {
  if (change === 'added') return `: ${JSON.stringify(to)}`
  return `: ${JSON.stringify(from)}${change === 'changed' ? ` → ${JSON.stringify(to)}` : ''}`
}

const changeLine = (change: FieldChange, values: boolean): Line => {
  const [mark, colour] = changes[change.change]
  return [colour, `    ${mark} ${change.field}${values ? valuesOf(change) : ''}`]
}

const itemLines = (item: PlanItem, values: boolean): ReadonlyArray<Line> => {
  const [mark, colour] = actions[item.action]
  const cause = item.action === 'conflict' ? `: ${item.cause}` : ''
  const line: Line = [colour, `${mark} ${item.action.padEnd(9)} ${item.name}${cause}`]
  if (!('changes' in item)) return [line]
  const kept = 'kept' in item ? item.kept : []
  return [
    line,
    ...item.changes.map((it) => changeLine(it, values)),
    ...kept.map(
      (field): Line => ['magenta', `    = ${field}: somebody has changed it since, and it stays so`],
    ),
  ]
}

const grantLines = ({ grants }: PlanReport): ReadonlyArray<Line> =>
  grants.flatMap(({ namespace, rules }) =>
    rules.map(({ verbs, resources, resourceNames }): Line => {
      const named = resourceNames === undefined ? '' : ` named ${resourceNames.join(', ')}`
      const where = namespace === undefined ? '' : ` in ${namespace}`
      return [undefined, `  ${verbs.join(', ')} ${resources.join(', ')}${named}${where}`]
    }),
  )

const podLines = (plan: PlanReport): ReadonlyArray<Line> => {
  if (plan.image === undefined) return []
  const may = plan.grants.length === 0 ? '.' : ', which may:'
  return [[undefined, `By a pod of ${plan.image}${may}`], ...grantLines(plan)]
}

/** So many of them are for people, too. */
const mostFindings = 20

const findingLines = ({ findings }: PlanReport): ReadonlyArray<Line> =>
  findings.length === 0
    ? []
    : [
        ['yellow', 'Likely mistakes about hosts:'],
        ...findings.slice(0, mostFindings).map((it): Line => ['yellow', `  ${explainIssue(it)}`]),
        ...(findings.length > mostFindings
          ? [['yellow', `  and ${findings.length - mostFindings} more`] as Line]
          : []),
      ]

const missingLines = ({ missing }: PlanReport): ReadonlyArray<Line> =>
  missing.length === 0
    ? []
    : [
        ['red', 'apply would refuse: these credentials may not'],
        ...missing.map((access): Line => ['red', `  ${access}`]),
      ]

const changeColours = { '+': 'yellow', '-': 'red', '?': 'magenta' } as const

const changesIn = (head: string, changes: ReadonlyArray<ClassChange>): ReadonlyArray<Line> => {
  if (changes.length === 0) return [[undefined, `${head}: nothing`]]
  const lines = printChanges(changes).split('\n')
  const shown = lines.slice(0, mostChanges).map((line): Line => {
    const sign = line[0] as keyof typeof changeColours
    return [changeColours[sign], `  ${line}`]
  })
  const rest = lines.length - mostChanges
  return [[undefined, `${head}:`], ...shown, ...(rest > 0 ? [[undefined, `  and ${rest} more`] as Line] : [])]
}

/** So many lines of what changes are for people; the report has them all. */
const mostChanges = 50

const effectLines = ({ connectivity }: PlanReport): ReadonlyArray<Line> => {
  if (connectivity === undefined) return []
  const { changes, staged, services, unread, refused } = connectivity
  return [
    ...changesIn('Opens and closes', changes),
    ...(services.length === 0 ? [] : [[undefined, `Services: ${services.join(', ')}`] as Line]),
    ...(staged === undefined ? [] : changesIn('Staged policies would open and close', staged)),
    ...(unread.length === 0 ? [] : [['magenta', 'not read, so that what depends on it is unknown:'] as Line]),
    ...unread.map(
      ({ kind, name, cause }): Line => [
        'magenta',
        `  ${kind}${name === undefined ? '' : ` ${name}`}: ${cause}`,
      ],
    ),
    ...(refused.length === 0 ? [] : [['red', `apply would refuse it: ${refused.join(', ')}`] as Line]),
  ]
}

const lockoutLines = ({ lockout }: PlanReport): ReadonlyArray<Line> =>
  lockout === undefined
    ? []
    : [
        ['red', `apply would refuse it: ${lockout.message}`],
        ...(lockout.hint === undefined ? [] : [['red', `  ${lockout.hint}`] as Line]),
      ]

/**
 * The plan as text for people: each resource, what opens and closes, what it would cut off, what its pod may do, what it
 * lacks, and what lint says of hosts.
 *
 * @example
 * const runner = createRunner({ owner: 'shop', cluster: memoryCluster() })
 * const plan = await runner.plan([globalNetworkPolicy('deny-all').denyIngress()])
 * printPlan(plan).split('\n')[0] // => '+ create    GlobalNetworkPolicy(deny-all)'
 */
export const printPlan = (plan: PlanReport, options: PrintOptions = {}): string => {
  const { values = false, paint = (_colour, line) => line } = options
  const lines = [
    ...plan.items.flatMap((item) => itemLines(item, values)),
    ...effectLines(plan),
    ...lockoutLines(plan),
    ...podLines(plan),
    ...missingLines(plan),
    ...findingLines(plan),
  ]
  return lines.map(([colour, text]) => (colour === undefined ? text : paint(colour, text))).join('\n')
}
