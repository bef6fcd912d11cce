import type { KubeObject } from '../../port.js'
import { record, same } from '../kinds/json.js'
import { types } from '../kinds/served-type.js'
import type { Registry } from '../registry/registry.js'
import type { Controller } from './loop.js'

const contents = (registry: Registry, namespace: string) =>
  registry
    .served()
    .filter((type) => type.namespaced)
    .flatMap((type) => registry.store.list(type, namespace).map((object) => ({ type, object })))

const remaining = (left: ReadonlyArray<KubeObject>): string => {
  const held = left.flatMap(({ metadata }) => metadata.finalizers ?? [])
  const counts = [...new Set(held)].map(
    (name) => `${name} in ${held.filter((one) => one === name).length} resource instances`,
  )
  return `Some content in the namespace has finalizers remaining: ${counts.join(', ')}`
}

const empty = (registry: Registry, namespace: KubeObject): void => {
  const { name } = namespace.metadata
  for (const { type, object } of contents(registry, name)) {
    if (object.metadata.deletionTimestamp !== undefined) continue
    registry.remove(type, name, object.metadata.name, { propagationPolicy: 'Background' })
  }
  const left = contents(registry, name).map(({ object }) => object)
  if (left.length === 0) {
    if ((namespace.metadata.finalizers ?? []).length === 0) registry.store.drop(types.namespaces, namespace)
    return
  }
  const held = left.some(({ metadata }) => (metadata.finalizers ?? []).length > 0)
  const conditions = held
    ? [
        {
          type: 'NamespaceFinalizersRemaining',
          status: 'True',
          reason: 'SomeFinalizersRemain',
          message: remaining(left),
        },
      ]
    : []
  const status = { ...record(namespace.status), phase: 'Terminating', conditions }
  if (!same(status, namespace.status))
    registry.update(types.namespaces, { ...namespace, status }, { status: true })
}

/** What every namespace is given by Kubernetes' own controllers. */
const furnish = (registry: Registry, namespace: string): void => {
  const metadata = (name: string) => ({ name, namespace })
  if (registry.store.get(types.serviceaccounts, namespace, 'default') === undefined) {
    registry.create(types.serviceaccounts, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata('default'),
    })
  }
  if (registry.store.get(types.configmaps, namespace, 'kube-root-ca.crt') === undefined) {
    const data = { 'ca.crt': '' }
    registry.create(types.configmaps, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata('kube-root-ca.crt'),
      data,
    })
  }
}

/** Furnishes new namespaces, and empties those that are being deleted until nothing holds them. */
export const controlNamespaces: Controller = (registry) => {
  for (const namespace of registry.store.list(types.namespaces)) {
    if (namespace.metadata.deletionTimestamp === undefined) furnish(registry, namespace.metadata.name)
    else empty(registry, namespace)
  }
  return undefined
}
