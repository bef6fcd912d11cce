import type { Issue } from '../../error.js'
import type { FleetCluster } from '../cluster/fleet-cluster.js'

/** Why a cluster is not as it is to be; nothing where it is. */
export type Verify = (cluster: FleetCluster, signal: AbortSignal | undefined) => Promise<string | undefined>

/** In which waves the clusters are taken, and what has to hold before the next. */
export interface FleetRollout {
  /** How many clusters are done after each wave, in all: `[1, '10%', '50%']`. All others are the last wave. */
  readonly waves: ReadonlyArray<number | `${number}%`>
  /**
   * What is asked of each cluster of a wave when it is done: `status` reads back that all is there and nothing has drifted, or,
   * after a cleanup, that nothing is left. A function of your own looks at what you care for, such as who can talk to whom.
   */
  readonly verify?: 'status' | Verify
  /** How long to wait between the end of a wave and its verification, in milliseconds. Default: 0. */
  readonly settleMs?: number
}

const isWave = (wave: unknown): boolean =>
  typeof wave === 'number'
    ? Number.isInteger(wave) && wave > 0
    : typeof wave === 'string' && /^(?:100|[1-9]?\d)(?:\.\d+)?%$/.test(wave)

export const rolloutIssues = ({ waves }: FleetRollout): ReadonlyArray<Issue> =>
  waves.flatMap((wave, index) =>
    isWave(wave)
      ? []
      : [
          {
            rule: 'bad-option',
            path: ['rollout', 'waves', index],
            message: `${JSON.stringify(wave)} is not a number of clusters`,
            hint: "write a number greater than 0, or a part such as '10%'",
          },
        ],
  )

const upTo = (wave: number | `${number}%`, count: number): number =>
  typeof wave === 'number' ? wave : Math.ceil((Number(wave.slice(0, -1)) * count) / 100)

/** The items, in waves. A wave that adds none is left out. */
export const inWaves = <A>(
  items: ReadonlyArray<A>,
  waves: FleetRollout['waves'] = [],
): ReadonlyArray<ReadonlyArray<A>> => {
  const ends = [...waves.map((wave) => Math.min(upTo(wave, items.length), items.length)), items.length]
  return ends
    .map((end, index) => items.slice(Math.max(0, ...ends.slice(0, index)), end))
    .filter((wave) => wave.length > 0)
}
