import type { KubeObject } from '../../port.js'
import { record } from '../kinds/json.js'
import { types } from '../kinds/served-type.js'
import { typesOf } from '../registry/custom-types.js'
import { cleanup } from '../registry/strategies.js'
import type { Api } from '../registry.js'
import type { Controller } from './loop.js'

const clear = (api: Api, definition: KubeObject): void => {
  const [type] = typesOf(definition)
  const instances = type === undefined ? [] : api.store.list(type)
  for (const { metadata } of instances) {
    if (type !== undefined && metadata.deletionTimestamp === undefined)
      api.remove(type, metadata.namespace, metadata.name)
  }
  if (type !== undefined && api.store.list(type).length > 0) return
  const finalizers = (definition.metadata.finalizers ?? []).filter((one) => one !== cleanup)
  api.update(types.customresourcedefinitions, {
    ...definition,
    metadata: { ...definition.metadata, finalizers },
  })
}

const establish = (api: Api, definition: KubeObject): void => {
  if (record(definition.status).conditions !== undefined) return
  const conditions = ['NamesAccepted', 'Established'].map((type) => ({
    type,
    status: 'True',
    reason: 'NoConflicts',
  }))
  const status = { acceptedNames: record(definition.spec).names, conditions }
  api.update(types.customresourcedefinitions, { ...definition, status }, { status: true })
}

/** Establishes kinds, and deletes the objects of those that are taken away. */
export const controlDefinitions: Controller = (api) => {
  for (const definition of api.store.list(types.customresourcedefinitions)) {
    if (definition.metadata.deletionTimestamp === undefined) establish(api, definition)
    else clear(api, definition)
  }
  return undefined
}
