import type { PlanReport } from '../../runner/apply/plan-report.js'
import type { FieldChange, PlanItem } from '../../runner/report.js'
import { painted } from '../terminal.js'

const marks = {
  create: ['+', 'green'],
  update: ['~', 'yellow'],
  delete: ['-', 'red'],
  conflict: ['!', 'magenta'],
  unchanged: ['=', 'dim'],
} as const

const changeLine = ({ field, change, from, to }: FieldChange): string => {
  switch (change) {
    case 'added':
      return painted('green', `    + ${field}: ${JSON.stringify(to)}`)
    case 'removed':
      return painted('red', `    - ${field}: ${JSON.stringify(from)}`)
    case 'changed':
      return painted('yellow', `    ~ ${field}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`)
  }
}

const itemLines = (item: PlanItem): ReadonlyArray<string> => {
  const [mark, style] = marks[item.action]
  const cause = item.action === 'conflict' ? `: ${item.cause}` : ''
  const line = painted(style, `${mark} ${item.action.padEnd(9)} ${item.name}${cause}`)
  return item.action === 'update' ? [line, ...item.changes.map(changeLine)] : [line]
}

const grantLines = ({ grants }: PlanReport): ReadonlyArray<string> =>
  grants.flatMap(({ namespace, rules }) =>
    rules.map(({ verbs, resources, resourceNames }) => {
      const named = resourceNames === undefined ? '' : ` named ${resourceNames.join(', ')}`
      const where = namespace === undefined ? '' : ` in ${namespace}`
      return `  ${verbs.join(', ')} ${resources.join(', ')}${named}${where}`
    }),
  )

const podLines = (plan: PlanReport): ReadonlyArray<string> => {
  if (plan.image === undefined) return []
  const may = plan.grants.length === 0 ? '.' : ', which may:'
  return [`By a pod of ${plan.image}${may}`, ...grantLines(plan)]
}

/** What apply would do, field by field, and what its pod may do. */
export const planLines = (plan: PlanReport): ReadonlyArray<string> => [
  ...plan.items.flatMap(itemLines),
  ...podLines(plan),
]
