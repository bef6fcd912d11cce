import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { patch } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { recordAnnotation } from '../../../src/runner/state/patch-record.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { failureOf } from '../observe.js'

const tests = suite('putting back what was set')

const type = storageType('FelixConfiguration', 'projectcalico.org')
const theirs: KubeObject = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'FelixConfiguration',
  metadata: { name: 'default' },
  spec: { logSeverityScreen: 'Info', nftablesMode: 'Auto' },
}

const set = async () => {
  const cluster = memoryCluster({ calico: '3.32.1', native: true, objects: [theirs] })
  const runner = createRunner({ owner: 'own', cluster, transport: 'api' })
  await runner.apply([patch('FelixConfiguration', 'default', { logSeverityScreen: 'Debug' })])
  return { cluster, runner }
}

const read = async (cluster: Cluster, name = 'default'): Promise<KubeObject> =>
  orThrow(await cluster.get({ type, name })())

tests('is done again where somebody writes the object in between, and keeps what they wrote', async () => {
  const { cluster } = await set()
  let isFirst = true
  const replace: Cluster['replace'] = (of, object, options) => async () => {
    if (isFirst) {
      isFirst = false
      const now = await read(cluster)
      const spec = { ...(now.spec as object), bpfEnabled: true }
      orThrow(await cluster.replace(type, { ...now, spec })())
    }
    return cluster.replace(of, object, options)()
  }
  const runner = createRunner({ owner: 'own', cluster: { ...cluster, replace }, transport: 'api' })
  assert.is((await runner.cleanup()).restored.length, 1)
  assert.equal((await read(cluster)).spec, { ...(theirs.spec as object), bpfEnabled: true })
})

tests('is left, and said to be, where it cannot be read what was there before', async () => {
  const { cluster, runner } = await set()
  const now = await read(cluster)
  const annotations = { ...now.metadata.annotations, [recordAnnotation('own')]: '{' }
  orThrow(await cluster.replace(type, { ...now, metadata: { ...now.metadata, annotations } })())
  const failure = failureOf(await runner.te.cleanup()())
  assert.equal(failure._tag === 'CleanupIncomplete' && failure.report.left.map(({ name }) => name), [
    'FelixConfiguration(default)',
  ])
  const plan = await runner.plan([patch('FelixConfiguration', 'default', { bpfEnabled: true })])
  assert.equal(
    plan.items.map(({ action }) => action),
    ['conflict'],
  )
})

tests('is not done to another object to which the annotation was copied', async () => {
  const { cluster, runner } = await set()
  const { annotations = {} } = (await read(cluster)).metadata
  const spec = { logSeverityScreen: 'Debug', nftablesMode: 'Auto' }
  const copy = { ...theirs, metadata: { name: 'node.n1', annotations }, spec }
  orThrow(await cluster.create(type, copy)())
  assert.is((await runner.cleanup()).restored.length, 1)
  assert.equal((await read(cluster, 'node.n1')).spec, spec)
  assert.ok(E.isRight(await cluster.get({ type, name: 'default' })()))
})

tests.run()
