import type { FleetJobStatus } from '../../fleet/job/fleet-status.js'
import type { IndexStatus } from '../../fleet/job/index-status.js'
import { painted } from '../terminal.js'

const style = {
  waiting: 'dim',
  running: 'yellow',
  retried: 'yellow',
  done: 'green',
  failed: 'red',
  unknown: 'magenta',
} as const

const words = ({ end, message }: IndexStatus): string => {
  if (end?.failure !== undefined) return `: ${end.failure._tag}: ${end.failure.message}`
  if (end === undefined) return message === undefined ? '' : `: ${message}`
  const counts = Object.entries(end.counts).filter(([, count]) => count > 0)
  return `: ${counts.map(([word, count]) => `${count} ${word}`).join(', ') || 'nothing to do'}`
}

/** A line for each cluster. */
export const fleetLines = ({ clusters }: FleetJobStatus): ReadonlyArray<string> =>
  clusters.map((it) => `${painted(style[it.state], it.state.padEnd(8))} ${it.cluster}${words(it)}`)

/** `running: 12 done, 3 running, 5 waiting`. */
export const fleetSummary = ({ state, counts, message }: FleetJobStatus): string => {
  const told = Object.entries(counts).filter(([, count]) => count > 0)
  const all = told.map(([word, count]) => `${count} ${word}`).join(', ')
  return `${state}: ${all}${message === undefined ? '' : `; ${message}`}`
}
