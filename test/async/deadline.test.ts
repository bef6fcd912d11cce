import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deadline } from '../../src/async/deadline.js'

const deadlines = suite('deadline')

setFlagsFromString('--expose_gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Whether it fires, as one that somebody listens to and nobody else holds. */
const fires = (timeoutMs: number, signal?: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    const both = deadline(timeoutMs, signal)
    both.addEventListener('abort', () => resolve(both.reason), { once: true })
  })

deadlines('fires when its time is up, whatever the garbage collector did meanwhile', async () => {
  const fired = Promise.all([fires(300), fires(300, new AbortController().signal)])
  for (let i = 0; i < 5; i++) {
    collectGarbage()
    await sleep(20)
  }
  // A deadline lets the process end: something else has to keep it.
  const enough = new AbortController()
  const reasons = await Promise.race([fired, sleep(60_000, [], { signal: enough.signal })])
  enough.abort()
  assert.equal(
    reasons.map((reason) => reason instanceof Error && reason.name),
    ['TimeoutError', 'TimeoutError'],
  )
})

deadlines("fires with the caller's signal, for its reason, at once where that has fired", async () => {
  const caller = new AbortController()
  const fired = fires(60_000, caller.signal)
  caller.abort('enough')
  assert.is(await fired, 'enough')
  assert.is(deadline(60_000, caller.signal).reason, 'enough')
})

deadlines('takes times that no timer of Node holds', async () => {
  assert.is(deadline(1e12).aborted, false)
  await sleep(20)
  assert.is(deadline(0.5).aborted, false)
})

deadlines.run()
