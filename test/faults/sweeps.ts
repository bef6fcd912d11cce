import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Fault } from './fault.js'
import { memoryTrials } from './memory-ground.js'
import { casesFor, sweep } from './sweep.js'

/** What holds the process open beside the output that it writes to. */
const handles = (): ReadonlyArray<string> =>
  process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|TLS|Immediate/.test(kind))

/**
 * The test of one group of faults at every request of a run: nothing is left after one cleanup(), what belongs to
 * others is as it was to the byte, what was reported is what the cluster has, and every call settled in time.
 */
export const testSweep = (group: string, faults: ReadonlyArray<Fault>, partSize?: number): void => {
  const test = suite(`${group}, at every request of a run`)
  const rejections: unknown[] = []
  process.on('unhandledRejection', (reason) => rejections.push(reason))
  test('breaks no promise', async () => {
    const trial = await memoryTrials(partSize)
    // Each trial makes a cluster of its own.
    const places = Array.from({ length: 8 }, () => trial)
    const { trials, outcomes, violations } = await sweep(places, (requests) => casesFor(faults, requests))
    console.log(`${trials} trials: ${JSON.stringify(outcomes)}`)
    assert.equal(violations, [])
    assert.ok(trials > 100, `${trials} trials`)
  })
  test('leaves no socket, timer or rejection behind', async () => {
    for (let i = 0; i < 50 && handles().length > 1; i++) await sleep(20)
    assert.ok(handles().length <= 1, handles().join())
    assert.equal(rejections, [])
  })
  test.run()
}
