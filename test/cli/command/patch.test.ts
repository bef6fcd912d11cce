import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { servedWorkshop } from '../workshop.js'

const tests = suite('typed-calico with fields to set of what others own')

const yaml = `
apiVersion: projectcalico.org/v3
kind: KubeControllersConfiguration
metadata:
  name: default
  annotations:
    typed-calico.projectcalico.org/patch: "true"
spec:
  controllers:
    node:
      hostEndpoint:
        autoCreate: Enabled
`

const theirs = {
  apiVersion: 'crd.projectcalico.org/v1',
  kind: 'KubeControllersConfiguration',
  metadata: { name: 'default' },
  spec: { controllers: { node: { hostEndpoint: { autoCreate: 'Disabled' } } } },
}

const field = 'spec.controllers.node.hostEndpoint.autoCreate'

tests('plans them by field, sets them, tells what they were, and puts that back', async () => {
  const place = await servedWorkshop({ 'hosts.yaml': yaml }, { objects: [theirs] })
  try {
    const plan = await place.call(['plan', 'hosts.yaml'])
    assert.equal(plan.stdout.split('\n').slice(0, 2), [
      '~ set       KubeControllersConfiguration(default)',
      `    ~ ${field}: "Disabled" → "Enabled"`,
    ])
    assert.is(plan.code, 2)
    const apply = await place.call(['apply', 'hosts.yaml'])
    assert.is(apply.stdout, 'set       KubeControllersConfiguration(default)\n', apply.stderr)
    assert.is((await place.call(['plan', 'hosts.yaml'])).code, 0)
    const status = await place.call(['status'])
    assert.equal(status.stdout.split('\n'), [
      'set       KubeControllersConfiguration(default)',
      `            ${field}: "Enabled", was "Disabled"`,
      '',
    ])
    const cleanup = await place.call(['cleanup'])
    assert.is(cleanup.stdout, `restored  KubeControllersConfiguration(default): ${field}\n`, cleanup.stderr)
    assert.is((await place.call(['status'])).stdout, '')
  } finally {
    await place.close()
  }
})

tests.run()
