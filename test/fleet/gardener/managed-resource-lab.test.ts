// @lab
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import { orThrow } from '../../../src/error.js'
import { toManagedResource } from '../../../src/fleet/gardener/managed-resource.js'
import { toStaticManifest } from '../../../src/fleet/gardener/static-manifest.js'
import { labTests } from '../../lab/lab.js'
import { served } from '../served.js'
import { misspelt } from '../strict.js'

const managing = suite('what Gardener takes, on the lab')
const onLab = await labTests(managing)
const policy = globalNetworkPolicy('deny-all').denyIngress()

onLab('its definition takes the ManagedResource, and refuses it with a field misspelt', async (lab) => {
  await served(lab, ['managed-resource'], async ({ namespace, create }) => {
    const options = { name: 'guardrails', namespace, calico: '3.28.5', owner: 'fleet', keepObjects: true }
    for (const object of orThrow(toManagedResource([policy], options))) {
      const { code, stderr } = await create(object)
      assert.is(code, 0, stderr)
      if (object.kind !== 'ManagedResource') continue
      const wrong = await create(misspelt(object, 'keepObjects'))
      assert.match(wrong.stderr, /unknown field "spec\.keepObjectsx"/)
    }
  })
})

onLab('a Secret of the size that we print is taken', async (lab) => {
  await served(lab, [], async ({ namespace, create }) => {
    const many = Array.from({ length: 3_000 }, (_, index) => globalNetworkPolicy(`p-${index}`).denyIngress())
    const options = { name: 'much', shootSelector: { matchLabels: { a: 'b' } }, calico: '3.28.5' }
    for (const object of orThrow(toStaticManifest(many, options))) {
      const { code, stderr } = await create({ ...object, metadata: { ...object.metadata, namespace } })
      assert.is(code, 0, stderr)
    }
  })
})

managing.run()
