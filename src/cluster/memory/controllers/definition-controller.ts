import type { KubeObject } from '../../port.js'
import { record } from '../kinds/json.js'
import { types } from '../kinds/served-type.js'
import { typesOf } from '../registry/custom-types.js'
import type { Registry } from '../registry/registry.js'
import { cleanup } from '../registry/strategies.js'
import type { Controller } from './loop.js'

const clear = (registry: Registry, definition: KubeObject): void => {
  const [type] = typesOf(definition)
  const instances = type === undefined ? [] : registry.store.list(type)
  for (const { metadata } of instances) {
    if (type !== undefined && metadata.deletionTimestamp === undefined)
      registry.remove(type, metadata.namespace, metadata.name)
  }
  if (type !== undefined && registry.store.list(type).length > 0) return
  const finalizers = (definition.metadata.finalizers ?? []).filter((one) => one !== cleanup)
  registry.update(types.customresourcedefinitions, {
    ...definition,
    metadata: { ...definition.metadata, finalizers },
  })
}

const establish = (registry: Registry, definition: KubeObject): void => {
  if (record(definition.status).conditions !== undefined) return
  const conditions = ['NamesAccepted', 'Established'].map((type) => ({
    type,
    status: 'True',
    reason: 'NoConflicts',
  }))
  const status = { acceptedNames: record(definition.spec).names, conditions }
  registry.update(types.customresourcedefinitions, { ...definition, status }, { status: true })
}

/** Establishes kinds, and deletes the objects of those that are taken away. */
export const controlDefinitions: Controller = (registry) => {
  for (const definition of registry.store.list(types.customresourcedefinitions)) {
    if (definition.metadata.deletionTimestamp === undefined) establish(registry, definition)
    else clear(registry, definition)
  }
  return undefined
}
