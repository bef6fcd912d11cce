import type { ApplyReport, CleanupReport, ItemOutcome, RestoredFields } from '../../runner/report.js'
import { painted } from '../terminal.js'

const style = {
  created: 'green',
  updated: 'yellow',
  set: 'yellow',
  restored: 'yellow',
  deleted: 'red',
  unchanged: 'dim',
  failed: 'red',
  unknown: 'magenta',
  reverted: 'yellow',
} as const

const itemLine = (item: ItemOutcome): string => {
  const cause = 'cause' in item ? `: ${item.cause}` : ''
  return `${painted(style[item.outcome], item.outcome.padEnd(9))} ${item.name}${cause}`
}

/** A line for each resource. */
export const applyLines = ({ items }: ApplyReport): ReadonlyArray<string> => items.map(itemLine)

const restoredLines = ({ name, changes, kept }: RestoredFields): ReadonlyArray<string> => [
  `${painted('yellow', 'restored')}  ${name}: ${changes.map(({ field }) => field).join(', ') || 'nothing'}`,
  ...kept.map(
    (field) => `${painted('magenta', 'kept')}      ${name}: ${field} has been changed since it was set`,
  ),
]

/** A line for each object. */
export const removedLines = ({ removed, restored, left }: CleanupReport): ReadonlyArray<string> => [
  ...restored.flatMap(restoredLines),
  ...removed.map((name) => `${painted('red', 'removed')}   ${name}`),
  ...left.map(({ name, cause }) => `${painted('magenta', 'left')}      ${name}: ${cause}`),
]

/** Where it was not looked for want of rights, in a line; none where all was seen. */
export const unsearchedLines = ({ unsearched }: Pick<CleanupReport, 'unsearched'>): ReadonlyArray<string> => {
  const names = unsearched.map(({ name }) => name).join(', ')
  return names === ''
    ? []
    : [
        `Not searched, for lack of permission: ${names}. Runs with another transport or account may have left something there.`,
      ]
}

/** `2 created, 1 unchanged`. */
export const countOutcomes = ({ items }: ApplyReport): string => {
  const counts = new Map<string, number>()
  for (const { outcome } of items) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')
}
