import type { Issue } from '../../error.js'
import { closest } from '../../model/codec/closest.js'
import { describeGiven } from '../../model/codec/issue.js'
import { isPlain } from '../../model/codec/json.js'
import { refusals } from '../../runner/call-options.js'
import type { FleetTask } from './fleet-task.js'

const tasks: ReadonlyArray<FleetTask['task']> = ['plan', 'apply', 'status', 'cleanup']

const fields = ['task', 'runner', 'resources', 'prune', 'adopt', 'refuse', 'rollback']

const wrong = (path: Issue['path'], message: string, hint: string): Issue => ({
  rule: 'bad-option',
  path,
  message,
  hint,
})

const meant = (value: unknown, known: ReadonlyArray<string>): string => {
  const near = typeof value === 'string' ? closest(value, known) : undefined
  return near === undefined ? `use one of ${known.join(', ')}` : `did you mean ${JSON.stringify(near)}?`
}

const wordIssues = (
  path: Issue['path'],
  value: unknown,
  known: ReadonlyArray<string>,
): ReadonlyArray<Issue> =>
  known.some((it) => it === value)
    ? []
    : [wrong(path, `expected ${known.join(', ')}, got ${describeGiven(value)}`, meant(value, known))]

const refusalIssues = (refuse: unknown): ReadonlyArray<Issue> => {
  if (refuse === undefined) return []
  if (!Array.isArray(refuse))
    return [wrong(['refuse'], `expected a list, got ${describeGiven(refuse)}`, 'write it as a list of one')]
  return refuse.flatMap((it, index) => wordIssues(['refuse', index], it, refusals))
}

/** What types cannot see of a task: what its resources and the options of its Runner are, those who take them say. */
export const taskIssues = (task: unknown): ReadonlyArray<Issue> => {
  if (!isPlain(task))
    return [
      wrong(
        [],
        `expected a task, got ${describeGiven(task)}`,
        "write it as { task: 'status', runner: { owner } }",
      ),
    ]
  return [
    ...wordIssues(['task'], task.task, tasks),
    ...Object.keys(task).flatMap((key) =>
      fields.includes(key)
        ? []
        : [wrong([key], `a task has no field ${JSON.stringify(key)}`, meant(key, fields))],
    ),
    ...['prune', 'adopt', 'rollback'].flatMap((key) =>
      task[key] === undefined || typeof task[key] === 'boolean'
        ? []
        : [
            wrong(
              [key],
              `expected true or false, got ${describeGiven(task[key])}`,
              'write true, or leave it out',
            ),
          ],
    ),
    ...refusalIssues(task.refuse),
  ]
}
