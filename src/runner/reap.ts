import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from '../cluster/port.js'
import { deadline } from './deadline.js'
import type { Emit } from './event.js'
import { countPods, findOwned, runTypes, type Scope } from './owned.js'
import type { Removal } from './remove.js'
import { sweep } from './sweep.js'

const reapMs = 20_000

/**
 * Removes what one run has made, and waits for its pod to be gone. It has a deadline of its own: an aborted run is
 * reaped too.
 */
export const reap = async (cluster: Cluster, scope: Scope, emit: Emit): Promise<Removal> => {
  const options = { signal: deadline(reapMs) }
  const removal = await sweep(cluster, () => findOwned(cluster, runTypes, scope, options), emit, options)
  while (!options.signal.aborted && (await countPods(cluster, scope, options)) > 0) await sleep(100)
  return removal
}
