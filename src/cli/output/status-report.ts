import type { OwnedResource, SetFieldStatus, StatusReport } from '../../runner/status.js'
import { painted } from '../terminal.js'

const fieldLine = ({ field, from, to, drifted }: SetFieldStatus): string => {
  const was = from === undefined ? 'was not there' : `was ${JSON.stringify(from)}`
  const line = `            ${field}: ${JSON.stringify(to)}, ${was}`
  return drifted ? painted('yellow', `${line}, and has been changed since`) : line
}

const resourceLines = ({ name, drifted, set }: OwnedResource): ReadonlyArray<string> => {
  const word = drifted ? 'drifted' : set === undefined ? 'applied' : 'set'
  const line = `${word.padEnd(9)} ${name}`
  return [drifted ? painted('yellow', line) : line, ...(set ?? []).map(fieldLine)]
}

/** What an owner has on the cluster, a line for each object. */
export const statusLines = ({ resources, runs, unread }: StatusReport): ReadonlyArray<string> => [
  ...resources.flatMap(resourceLines),
  ...runs.map((name) => painted('dim', `run       ${name}`)),
  ...unread.map(({ name, cause }) => painted('magenta', `not read  ${name}: ${cause}`)),
]
