import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'

/**
 * Asserts what will be so soon: looks until it sees the expected, for ten seconds at most. Felix and
 * Kubernetes' controllers act some moment after what they act on was written.
 */
export const becomes = async <A>(look: () => Promise<A>, expected: A, seconds = 10): Promise<void> => {
  for (const end = performance.now() + seconds * 1000; ; await sleep(100)) {
    const seen = await look()
    if (JSON.stringify(seen) === JSON.stringify(expected)) return
    if (performance.now() > end) assert.equal(seen, expected)
  }
}
