import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { manualClock, timestamp } from '../../../../src/cluster/memory/kinds/clock.js'

const clock = suite('manualClock')

clock('stands still until it is moved', async () => {
  const time = manualClock(1000)
  const seen: string[] = []
  time.after(10, () => seen.push(`ten at ${time.now()}`))
  time.after(5, () => seen.push(`five at ${time.now()}`))
  assert.is(time.now(), 1000)
  await time.advance(9)
  assert.equal(seen, ['five at 1005'])
  assert.is(time.now(), 1009)
  await time.advance(1)
  assert.equal(seen, ['five at 1005', 'ten at 1010'])
})

clock('runs what is set on the way, and not what is called off', async () => {
  const time = manualClock(0)
  const seen: number[] = []
  const again = (): void => {
    seen.push(time.now())
    time.after(10, again)
  }
  time.after(10, again)
  time.after(15, () => seen.push(-1))()
  await time.advance(35)
  assert.equal(seen, [10, 20, 30])
})

clock('lets asynchronous work settle before it goes on', async () => {
  const time = manualClock(0)
  let done = 0
  time.after(1, async () => {
    await Promise.resolve()
    time.after(1, () => {
      done = time.now()
    })
  })
  await time.advance(10)
  assert.is(done, 2)
})

clock('writes times as Kubernetes does', () => {
  assert.is(timestamp(Date.UTC(2026, 0, 2, 3, 4, 5, 678)), '2026-01-02T03:04:05Z')
})

clock.run()
