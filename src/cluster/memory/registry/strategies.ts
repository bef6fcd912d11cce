import { array, record } from '../kinds/json.js'
import { type ServedType, storageKey, types } from '../kinds/served-type.js'
import { type Strategy, unchanged } from '../kinds/strategy.js'
import { boundErrors, type StructuralSchema, withDefaults } from '../kinds/structural-schema.js'
import { jobStrategy } from './job-strategy.js'
import { dnsLabel, pathSegment } from './metadata.js'
import { podStrategy } from './pod-strategy.js'

const configMapLimit = 1024 * 1024

const sizeOf = (data: unknown): number =>
  Object.values(record(data)).reduce<number>((sum, text) => sum + Buffer.byteLength(String(text)), 0)

const configMap: Strategy = {
  validate: (object, old) => {
    const size = sizeOf(object.data) + sizeOf(object.binaryData)
    if (size > configMapLimit)
      return [{ field: '[]', reason: 'Too long', detail: `may not be more than ${configMapLimit} bytes` }]
    if (old?.immutable !== true) return []
    const detail = 'field is immutable when `immutable` is set'
    return unchanged(object, old, ['immutable', 'data', 'binaryData']).map((error) => ({ ...error, detail }))
  },
}

const rbacSubject = (subject: unknown): unknown => {
  const { kind, apiGroup, ...rest } = record(subject)
  const group = apiGroup ?? (kind === 'ServiceAccount' ? '' : 'rbac.authorization.k8s.io')
  return { kind, ...(group === '' ? {} : { apiGroup: group }), ...rest }
}

const binding: Strategy = {
  name: pathSegment,
  defaults: (object) => ({
    ...object,
    ...(object.subjects === undefined ? {} : { subjects: array(object.subjects).map(rbacSubject) }),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...record(object.roleRef) },
  }),
  validate: (object, old) => {
    const changed = unchanged(object, old, ['roleRef'])
    return changed.map((error) => ({ ...error, reason: 'Invalid value', detail: 'cannot change roleRef' }))
  },
}

const role: Strategy = { name: pathSegment }

const namespace: Strategy = {
  name: dnsLabel,
  defaults: (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
    },
    spec: { finalizers: ['kubernetes'], ...record(object.spec) },
    status: { phase: 'Active', ...record(object.status) },
  }),
}

/** Held by a CustomResourceDefinition until its objects are gone. */
export const cleanup = 'customresourcecleanup.apiextensions.k8s.io'

const definition: Strategy = {
  defaults: (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      finalizers: [
        ...new Set([
          ...(object.metadata.finalizers ?? []),
          ...(object.metadata.deletionTimestamp === undefined ? [cleanup] : []),
        ]),
      ],
    },
  }),
}

const strategies: Readonly<Record<string, Strategy>> = {
  [storageKey(types.jobs)]: jobStrategy,
  [storageKey(types.pods)]: podStrategy,
  [storageKey(types.configmaps)]: configMap,
  [storageKey(types.roles)]: role,
  [storageKey(types.clusterroles)]: role,
  [storageKey(types.rolebindings)]: binding,
  [storageKey(types.clusterrolebindings)]: binding,
  [storageKey(types.namespaces)]: namespace,
  [storageKey(types.customresourcedefinitions)]: definition,
}

const none: Strategy = {}

/** Of a kind that a definition brings. */
const custom = (schema: StructuralSchema): Strategy => ({
  defaults: (object) => {
    const filled = record(withDefaults(schema, object))
    return { ...object, ...filled, metadata: object.metadata }
  },
  validate: (object) => boundErrors(schema, object),
})

export const strategyOf = (type: ServedType): Strategy =>
  strategies[storageKey(type)] ?? (type.schema === undefined ? none : custom(type.schema))
