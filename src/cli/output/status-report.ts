import type { StatusReport } from '../../runner/status.js'
import { painted } from '../terminal.js'

const resourceLine = ({ name, drifted }: StatusReport['resources'][number]): string =>
  drifted ? painted('yellow', `drifted   ${name}`) : `applied   ${name}`

/** What an owner has on the cluster, a line for each object. */
export const statusLines = ({ resources, runs, unread }: StatusReport): ReadonlyArray<string> => [
  ...resources.map(resourceLine),
  ...runs.map((name) => painted('dim', `run       ${name}`)),
  ...unread.map(({ name, cause }) => painted('magenta', `not read  ${name}: ${cause}`)),
]
