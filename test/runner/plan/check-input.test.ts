import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, networkPolicy } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'

const input = suite('resources for a cluster')

const ports = Array.from({ length: 51 }, (_, index) => index + 1)
const many = networkPolicy('web', 'shop').allowIngress({ protocol: 'TCP', destination: { ports } })
const long = globalNetworkPolicy('long')
  .selector(`a == '${'x'.repeat(1_200)}'`)
  .denyIngress({})

for (const [calico, refused] of [
  ['3.28.5', []],
  ['3.32.1', []],
  ['3.33.0', ['too-many-items', 'selector-too-long']],
] as const)
  input(`are judged by the limits of its own Calico ${calico}`, async () => {
    const cluster = memoryCluster({ namespaces: ['shop'], calico })
    const plan = await createRunner({ owner: 'own', cluster, namespace: 'shop' }).te.plan([many, long])()
    const rules =
      plan._tag === 'Left' && plan.left._tag === 'Invalid' ? plan.left.issues.map(({ rule }) => rule) : []
    assert.equal(rules, refused)
    assert.is(plan._tag, refused.length === 0 ? 'Right' : 'Left')
  })

input.run()
