import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseDuration } from '../../src/cli/duration.js'

const duration = suite('parseDuration')

duration('takes units, several of them, and seconds without one', () => {
  assert.equal(
    ['90', '1.5', '90s', '2m', '1m30s', '500ms', '1h'].map(parseDuration),
    [90_000, 1500, 90_000, 120_000, 90_000, 500, 3_600_000],
  )
})

duration('refuses all else', () => {
  for (const text of ['', 'soon', '-1s', '1d', '1m 30s', '1m30'])
    assert.throws(() => parseDuration(text), /90s, 2m/)
})

duration.run()
