// @lab
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/error.js'
import { toFleetJob } from '../../../src/fleet/job/to-fleet-job.js'
import { labTests } from '../../lab/lab.js'
import { served } from '../served.js'

const many = suite('a fleet’s Job of many clusters, on the lab')
const onLab = await labTests(many)

onLab(
  'its Jobs are taken with the longest names that Secrets can have, however they are written',
  async (lab) => {
    await served(lab, [], async ({ namespace }) => {
      const names = Array.from({ length: 1_000 }, (_, index) => `${index}`.padStart(253, 'x'))
      const options = { name: 'x'.repeat(52), namespace, image: 'registry.example/typed-calico:1' }
      const objects = orThrow(toFleetJob(names, { task: 'status', runner: { owner: 'fleet' } }, options))
      assert.is(objects.length, 3)
      const input = objects.map((it) => JSON.stringify(it)).join('\n')
      for (const how of [['create'], ['apply'], ['apply', '--server-side']]) {
        const args = [...how, '--dry-run=server', '--validate=strict', '-f', '-']
        const { code, stderr } = await lab.kubectl(args, input)
        assert.is(code, 0, stderr)
      }
    })
  },
)

many.run()
