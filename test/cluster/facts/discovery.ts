import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { bad, configMaps, type Fact, ok } from '../contract-ground.js'

export const discoveryFacts = (fact: Fact): void => {
  fact('discovery tells what a group serves', async ({ cluster }) => {
    const batch = ok(await cluster.group('batch')())
    assert.is(batch.version, 'v1')
    assert.ok(batch.resources.includes('jobs'))
    assert.not(batch.resources.includes('jobs/status'))
    assert.equal(batch.versions, ['v1'])
    const core = ok(await cluster.group('')())
    assert.ok(core.resources.includes('configmaps'))
    const calico = ok(await cluster.group('crd.projectcalico.org')())
    assert.is(calico.version, 'v1')
    assert.ok(calico.resources.includes('globalnetworkpolicies'))
  })

  fact('a group that is not served is not found', async ({ cluster }) => {
    assert.is(bad(await cluster.group('projectcalico.org')(), 'NotFound').missing, 'kind')
  })

  fact(
    'a signal ends a call: aborted by the caller, timed out by a deadline',
    async ({ cluster, namespace }) => {
      bad(await cluster.list(configMaps, { namespace, signal: AbortSignal.abort() })(), 'Aborted')
      const deadline = AbortSignal.timeout(1)
      await sleep(20)
      bad(await cluster.list(configMaps, { namespace, signal: deadline })(), 'TimedOut')
    },
  )

  fact('where calls go is told without a secret', async ({ cluster }) => {
    const { description, namespace } = ok(await cluster.target()())
    assert.ok(description)
    assert.ok(namespace)
  })
}
