import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pods } from '../../src/cluster/resource-types.js'
import { explain, orThrow } from '../../src/error.js'
import { networkPolicy } from '../../src/index.js'
import type { RunEvent } from '../../src/runner/event.js'
import { createRunner } from '../../src/runner/runner.js'
import { memoryCluster } from '../../src/testing/index.js'
import { snapshot } from '../faults/cluster-snapshot.js'

const secrets = suite('what is said')
secrets('I16: no token, kubeconfig or policy body in any error, event, log or annotation', async () => {
  const canary = 'canary-8d1f'
  const secret = networkPolicy('a', 'shop')
    .annotations({ note: canary })
    .selector(`app == '${canary}'`)
    .allowIngress({ source: { nets: ['203.0.113.77/32'] } })
  const said: string[] = []
  const tell = (event: RunEvent) => said.push(JSON.stringify(event))
  const cases: ReadonlyArray<Parameters<typeof memoryCluster>[0]> = [
    {},
    { webhook: (type) => (type.resource === 'networkpolicies' ? 'no' : undefined) },
    { webhook: (type) => (type.resource === 'configmaps' ? 'no' : undefined) },
    { webhook: (type) => (type.resource === 'pods' ? 'no' : undefined) },
    { fault: () => 'OOMKilled' },
    { calico: false },
  ]
  for (const options of cases) {
    const cluster = memoryCluster({ namespaces: ['shop'], ...options })
    const runner = createRunner({ owner: 'own', cluster, namespace: 'shop', patienceMs: 200 })
    const results = [
      await runner.te.apply([secret], { onEvent: tell, rollback: true })(),
      await runner.te.apply(
        [{ ...secret, spec: { ...secret.spec, order: 2, selector: `app == '${canary}-2'` } }],
        { onEvent: tell },
      )(),
    ]
    for (const result of results) {
      if (E.isLeft(result)) said.push(JSON.stringify(result.left), explain(result.left))
      else said.push(JSON.stringify(result.right))
    }
    const kept = await snapshot(cluster)
    for (const [key, text] of kept) {
      const { metadata } = JSON.parse(text)
      const { annotations: { note: _note, 'projectcalico.org/metadata': _kept, ...annotations } = {} } =
        metadata
      said.push(`${key} ${JSON.stringify({ ...metadata, annotations })}`)
    }
    said.push(JSON.stringify(orThrow(await cluster.list({ ...pods, resource: 'events', kind: 'Event' })())))
    said.push(JSON.stringify(await runner.te.cleanup({ onEvent: tell })()))
  }
  assert.ok(said.length > 60)
  assert.equal(
    said.filter((text) => text.includes(canary) || text.includes('203.0.113.77')),
    [],
  )
})

secrets.run()
