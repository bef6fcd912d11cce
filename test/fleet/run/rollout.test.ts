import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type FleetRollout, inWaves, rolloutIssues } from '../../../src/fleet/run/rollout.js'

const rolling = suite('waves')

const sizes = (count: number, waves: FleetRollout['waves']): ReadonlyArray<number> =>
  inWaves(Array.from({ length: count }), waves).map((wave) => wave.length)

for (const [count, waves, expected] of [
  [500, [], [500]],
  [500, [1, '10%', '50%'], [1, 49, 200, 250]],
  [3, [1, '10%', '50%'], [1, 1, 1]],
  [10, ['100%'], [10]],
  [10, [5, 2, 20], [5, 5]],
  [1, ['1%'], [1]],
  [0, [1], []],
] as const)
  rolling(`${count} clusters by ${JSON.stringify(waves)} are ${JSON.stringify(expected)}`, () => {
    assert.equal(sizes(count, waves), expected)
  })

rolling('hold each item once, in order', () => {
  const items = Array.from({ length: 37 }, (_, index) => index)
  assert.equal(inWaves(items, [2, '33%', 5, '90%']).flat(), items)
})

for (const wave of [0, -1, 1.5, Number.NaN, '101%', '-5%', 'half', null] as const)
  rolling(`refuses the wave ${wave}`, () => {
    const [issue] = rolloutIssues({ waves: [1, wave as never] })
    assert.equal(issue?.path, ['rollout', 'waves', 1])
  })

rolling.run()
