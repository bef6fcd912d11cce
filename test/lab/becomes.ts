import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'

/**
 * Asserts what will be so soon: looks until it sees the expected. Felix and Kubernetes' controllers act some moment after
 * what they act on was written; on a machine under load that is long, so the end is only there for what never comes.
 */
export const becomes = async <A>(look: () => Promise<A>, expected: A): Promise<void> => {
  for (const end = performance.now() + 120_000; ; await sleep(100)) {
    const seen = await look()
    if (JSON.stringify(seen) === JSON.stringify(expected)) return
    if (performance.now() > end) assert.equal(seen, expected)
  }
}
