import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, tier } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { intercepted, recorded, status } from '../intercept.js'
import { failureOf } from '../observe.js'

const tiers = suite('the tiers of policies')
const deny = (name: string) => globalNetworkPolicy(`${name}.deny`).tier(name).order(1).denyIngress({})

tiers('one that is nowhere is told before anything is written, with what to do', async () => {
  for (const options of [{ calico: '3.30.3' }, { calico: '3.32.1', native: true }]) {
    const { cluster, writes } = recorded(memoryCluster({ namespaces: ['shop'], ...options }))
    const failure = failureOf(
      await createRunner({ owner: 'own', cluster, namespace: 'shop' }).te.apply([deny('nosuch')])(),
    )
    const issues = failure._tag === 'Invalid' ? failure.issues : []
    assert.equal(
      issues.map(({ rule, resource }) => [rule, resource]),
      [['missing-tier', 'GlobalNetworkPolicy(nosuch.deny)']],
    )
    assert.equal(writes, [])
  }
})

tiers('one that comes with the policies, and one that is there, are none', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'], calico: '3.30.3' })
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  await runner.apply([tier('sec').order(200), deny('sec')])
  assert.is((await runner.plan([deny('sec')])).changes, false)
})

tiers('where tiers may not be read, it is left to Calico', async () => {
  const memory = memoryCluster({ namespaces: ['shop'], calico: '3.30.3' })
  const cluster = intercepted(memory, async ({ path, method }) =>
    method === 'GET' && path.includes('/tiers/') ? status(403, 'Forbidden', 'no') : undefined,
  )
  const failure = failureOf(
    await createRunner({ owner: 'own', cluster, namespace: 'shop' }).te.apply([deny('nosuch')])(),
  )
  assert.is(failure._tag, 'CalicoctlFailed')
})

tiers.run()
