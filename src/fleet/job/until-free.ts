import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterResult } from '../run/fleet-report.js'
import type { FleetRunner } from '../run/fleet-task.js'

export interface Patience {
  /** How long a cluster may be busy, in milliseconds. */
  readonly forMs: number
  /** How long to wait before it is asked again. */
  readonly everyMs: number
}

/** The Runner's own: how long a run goes on by itself once its client was killed, and stays after its end. */
const defaults = { timeoutMs: 120_000, ttlSeconds: 60 }
const overMs = 30_000

/** A run whose client was killed holds its cluster until Kubernetes there has removed it. */
export const patienceFor = ({
  timeoutMs = defaults.timeoutMs,
  ttlSeconds = defaults.ttlSeconds,
}: FleetRunner): Patience => ({ forMs: timeoutMs + ttlSeconds * 1000 + overMs, everyMs: 10_000 })

const isBusy = (result: ClusterResult): boolean => 'failure' in result && result.failure._tag === 'Busy'

/**
 * Runs it again for as long as another run holds the cluster. A Job tries an index again after seconds: without this, all its tries
 * would meet what the pod that was killed has left, and the cluster would be given up.
 */
export const untilFree = async (
  run: () => Promise<ClusterResult>,
  { forMs, everyMs }: Patience,
  signal: AbortSignal | undefined,
): Promise<ClusterResult> => {
  const until = Date.now() + forMs
  for (;;) {
    const result = await run()
    if (!isBusy(result) || Date.now() >= until || signal?.aborted === true) return result
    await sleep(everyMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  }
}
