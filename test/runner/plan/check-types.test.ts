import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { recorded } from '../intercept.js'
import { failureOf } from '../observe.js'

const types = suite('an empty list of types')

const policy = (kind: string, spec: object) => ({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec,
})

const empty = [
  policy('NetworkPolicy', { types: [], egress: [] }),
  policy('StagedKubernetesNetworkPolicy', { policyTypes: [], podSelector: {} }),
]

types('is refused before the first write where the API server would refuse it', async () => {
  const { cluster, writes } = recorded(
    memoryCluster({ namespaces: ['shop'], calico: '3.32.1', native: true }),
  )
  const runner = createRunner({ owner: 'own', cluster, transport: 'api' })
  const failure = failureOf(await runner.te.apply(empty)())
  const issues = failure._tag === 'Invalid' ? failure.issues : []
  assert.equal(
    issues.map(({ rule, path, resource }) => [rule, path.join('.'), resource]),
    [
      ['types-empty', 'spec.types', 'NetworkPolicy(shop/web)'],
      ['types-empty', 'spec.policyTypes', 'StagedKubernetesNetworkPolicy(shop/web)'],
    ],
  )
  assert.equal(writes, [])
})

types('is taken where calicoctl writes, which fills it in', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'], calico: '3.32.1', native: true })
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  await runner.apply(empty)
  assert.is((await runner.plan(empty)).changes, false)
})

types.run()
