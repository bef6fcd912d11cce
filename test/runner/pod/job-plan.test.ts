import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkSet, networkPolicy, tier } from '../../../src/index.js'
import type { Batch } from '../../../src/runner/plan/batch.js'
import { planJobs } from '../../../src/runner/pod/job-plan.js'

const parted = suite('a batch in parts')

const policies = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => networkPolicy(`policy-${from + i}`, 'shop').allowIngress({}))
const sets = [globalNetworkSet('set').nets('192.0.2.0/24'), tier('tier').order(1)]

/** Each wave as the names in each of its parts. */
const namesIn = (batch: Batch, partSize: number) =>
  planJobs(batch, partSize).map((wave) =>
    wave.map(({ batch: { create, replace } }) => [...create, ...replace].map((it) => it.metadata.name)),
  )

parted('a small one is one pod, with both verbs', () => {
  const batch = { create: [...policies(0, 2), ...sets], replace: policies(2, 3) }
  const [wave, ...others] = planJobs(batch, 5)
  assert.equal(others, [])
  assert.equal(
    wave?.map(({ shards }) => shards.map(({ file }) => file)),
    [['create-0000.yaml', 'replace-0000.yaml']],
  )
})

parted('of a large one, what policies refer to goes first and by itself', () => {
  assert.equal(namesIn({ create: [...policies(0, 4), ...sets], replace: [] }, 3), [
    [['set', 'tier']],
    [
      ['policy-0', 'policy-1'],
      ['policy-2', 'policy-3'],
    ],
  ])
})

parted('the pods of one Job do the same: each verb has its own', () => {
  assert.equal(namesIn({ create: policies(0, 4), replace: policies(4, 5) }, 2), [
    [
      ['policy-0', 'policy-1'],
      ['policy-2', 'policy-3'],
    ],
    [['policy-4']],
  ])
})

parted('no part is empty, over the size or without a file, and no two files have one name', () => {
  for (let count = 1; count < 60; count++) {
    for (const partSize of [1, 2, 3, 7, 50]) {
      const batch = { create: [...sets, ...policies(0, count)], replace: policies(count, 2 * count) }
      const parts = planJobs(batch, partSize).flat()
      const files = parts.flatMap(({ shards }) => shards.map(({ file }) => file))
      assert.is(new Set(files).size, files.length)
      assert.ok(parts.every(({ shards }) => shards.length > 0))
      const sizes = parts.map((part) => part.batch.create.length + part.batch.replace.length)
      assert.ok(sizes.every((size) => size > 0 && size <= partSize))
      assert.is(
        sizes.reduce((a, b) => a + b),
        2 * count + sets.length,
      )
    }
  }
})

parted.run()
