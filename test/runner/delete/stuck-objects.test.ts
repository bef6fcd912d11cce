import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/error.js'
import { globalNetworkSet, networkPolicy, networkSet } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { intercepted, status } from '../intercept.js'
import { failureOf, left } from '../observe.js'

const stuck = suite('an object that cannot go')
const type = storageType('NetworkPolicy')
const wanted = [
  networkPolicy('web', 'shop').allowIngress({}),
  networkPolicy('held', 'shop').allowIngress({}),
  networkSet('nets', 'shop').nets('192.0.2.0/24'),
  globalNetworkSet('all-nets').nets('192.0.2.0/24'),
]

stuck('I3, I17: a policy that a finalizer holds is named, and the sets go', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  await runner.apply(wanted)
  const held = orThrow(await cluster.get({ type, namespace: 'shop', name: 'default.held' })())
  const finalizers = ['example.com/held']
  orThrow(await cluster.replace(type, { ...held, metadata: { ...held.metadata, finalizers } })())
  const failure = failureOf(await runner.te.cleanup()())
  assert.equal(
    left(failure).map(({ name }) => name),
    ['NetworkPolicy(shop/held)'],
  )
  assert.equal(
    (await runner.status()).resources.map(({ name }) => name),
    ['NetworkPolicy(shop/held)'],
  )
})

stuck('I3, I17: where policies may not be deleted, they are named, and the sets go', async () => {
  const memory = memoryCluster({ namespaces: ['shop'] })
  await createRunner({ owner: 'own', cluster: memory, namespace: 'shop' }).apply(wanted)
  const cluster = intercepted(memory, async ({ method, path }) =>
    method === 'DELETE' && path.includes('/networkpolicies/') ? status(403, 'Forbidden', 'no') : undefined,
  )
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  const failure = failureOf(await runner.te.cleanup()())
  assert.equal(
    left(failure)
      .map(({ name }) => name)
      .sort(),
    ['NetworkPolicy(shop/held)', 'NetworkPolicy(shop/web)'],
  )
  assert.equal((await runner.status()).resources.length, 2)
})

stuck.run()
