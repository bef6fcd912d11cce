// @alone
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Lab, labTests } from '../lab/lab.js'
import { done, leavingNothing, valuesFor } from './released.js'

const tests = suite("karydia's settings of what is Calico's own, on the lab")
const onLab = await labTests(tests)

const kind = 'KubeControllersConfiguration'
const theirs = JSON.stringify({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata: { name: 'default' },
  spec: { healthChecks: 'Enabled', controllers: { node: { hostEndpoint: { autoCreate: 'Disabled' } } } },
})

const shown = async (lab: Lab): Promise<string> => {
  const got = await lab.calicoctl(['get', kind, 'default', '-o', 'json'])
  done(got)
  return JSON.stringify(JSON.parse(got.stdout).spec)
}

onLab('are there after an install, go with an upgrade without them, and with an uninstall', async (lab) => {
  done(await lab.calicoctl(['create', '-f', '-'], theirs))
  try {
    const before = await shown(lab)
    const enabled = before.replace('"Disabled"', '"Enabled"')
    await leavingNothing(lab, async (release) => {
      const on = valuesFor(lab, { level: 'L1', hosts: { autoCreate: true } })
      done(await release.install(on))
      assert.is(await shown(lab), enabled)
      done(await release.upgrade(valuesFor(lab, { level: 'L1' })))
      assert.is(await shown(lab), before)
      done(await release.upgrade(on))
      assert.is(await shown(lab), enabled)
      done(await release.uninstall())
      assert.is(await shown(lab), before)
    })
  } finally {
    await lab.calicoctl(['delete', '-f', '-'], theirs)
  }
})

tests.run()
