import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import type { Kind } from '../../../src/model/resource.js'
import { createRunner, type Runner } from '../../../src/runner/runner.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import { type MemoryCluster, memoryCluster } from '../../../src/testing/index.js'
import { intercepted } from '../intercept.js'

export const api = (fill: (object: KubeObject) => KubeObject = (it) => it) => {
  const memory = memoryCluster({ namespaces: ['shop'], calico: '3.32.1', native: true })
  const cluster = intercepted(memory, async (request) => {
    if (!['POST', 'PUT'].includes(request.method) || !request.path.includes('/projectcalico.org/'))
      return undefined
    const object = fill(JSON.parse(request.body ?? '{}'))
    return memory.server.handle({ ...request, body: JSON.stringify(object) })
  })
  return { memory, cluster, runner: createRunner({ owner: 'own', cluster, transport: 'api' }) }
}

export const withSpec = (object: KubeObject, more: object): KubeObject => ({
  ...object,
  spec: { ...more, ...Object(object.spec) },
})

/** The cluster as `kubectl edit` writes to it. */
export const kubectl = (memory: MemoryCluster): Cluster =>
  intercepted(memory, async (request) =>
    memory.server.handle({ ...request, query: { ...request.query, fieldManager: 'kubectl-edit' } }),
  )

export const edit = async (
  cluster: Cluster,
  [kind, name, namespace]: readonly [Kind, string, string?],
  change: (object: KubeObject) => KubeObject,
): Promise<void> => {
  const type = storageType(kind, 'projectcalico.org')
  const ref = { type, name, ...(namespace === undefined ? {} : { namespace }) }
  const found = orThrow(await cluster.get(ref)())
  const { managedFields: _managed, ...metadata } = found.metadata
  orThrow(await cluster.replace(type, change({ ...found, metadata }))())
}

/** What plan and status say of one resource. */
export const seen = async (runner: Runner, wanted: object) => {
  const plan = await runner.plan([wanted])
  const fields = plan.items.flatMap((item) =>
    item.action === 'update' ? item.changes.map(({ field }) => field) : [],
  )
  const { resources } = await runner.status()
  return { changes: plan.changes, fields, drifted: resources.some(({ drifted }) => drifted) }
}

export const same = { changes: false, fields: [], drifted: false }
