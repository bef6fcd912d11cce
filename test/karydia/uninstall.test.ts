// @alone
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { becomes } from '../lab/becomes.js'
import { type Lab, labTests } from '../lab/lab.js'
import { done, leavingNothing, valuesFor } from './released.js'

const tests = suite("an uninstall of karydia's host security in the middle of an apply")
const onLab = await labTests(tests)

const applying = async (lab: Lab): Promise<boolean> => {
  const job = [
    'get',
    'job',
    'karydia-calico-post',
    '--namespace',
    'karydia',
    '-o',
    'jsonpath={.status.active}',
  ]
  return (await lab.kubectl(job)).stdout === '1'
}

onLab('leaves nothing of an apply that an uninstall overtakes', async (lab) => {
  await leavingNothing(lab, async (release) => {
    const installed = release.install(valuesFor(lab, { level: 'L1' }))
    await becomes(() => applying(lab), true)
    done(await release.uninstall())
    await installed
  })
})

for (const [mode, seconds] of [
  ['provision', 2],
  ['provision', 4],
  ['existing', 3],
] as const) {
  onLab(`leaves nothing of an apply that helm gave up after ${seconds} s, in mode ${mode}`, async (lab) => {
    await leavingNothing(lab, async (release) => {
      const { code } = await release.install(valuesFor(lab, { mode, level: 'L1' }), seconds)
      assert.is.not(code, 0)
      assert.ok(await applying(lab))
      done(await release.uninstall())
    })
  })
}

tests.run()
