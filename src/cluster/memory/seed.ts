import * as E from 'fp-ts/lib/Either.js'
import { orThrow } from '../../error.js'
import type { ClusterError } from '../error.js'
import type { KubeObject } from '../port.js'
import { apiVersionOf } from '../resource-types.js'
import { controlNamespaces } from './controllers/namespace-controller.js'
import type { Registry } from './registry/registry.js'

const namespace = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })

const node: KubeObject = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: 'memory',
    labels: {
      'kubernetes.io/os': 'linux',
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': 'memory',
    },
  },
  status: {
    allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
    conditions: [{ type: 'Ready', status: 'True' }],
  },
}

const everywhere = ['default', 'kube-system', 'kube-public', 'kube-node-lease']

/** What every cluster has from the start: its namespaces, and one node unless the objects bring their own. */
export const initial = (
  namespaces: ReadonlyArray<string> = [],
  objects: ReadonlyArray<KubeObject> = [],
): ReadonlyArray<KubeObject> => [
  ...[...new Set([...everywhere, ...namespaces])].map(namespace),
  ...(objects.some(({ kind }) => kind === 'Node') ? [] : [node]),
]

const seed = (registry: Registry, object: KubeObject): E.Either<ClusterError, KubeObject> => {
  const { kind, apiVersion, metadata, status } = object
  const request = `seed ${kind} ${metadata.name}`
  const refused = (message: string): ClusterError => ({
    _tag: 'Rejected',
    request,
    message: `${request}: ${message}`,
    status: 422,
  })
  const type = registry.served().find((one) => one.kind === kind && apiVersionOf(one) === apiVersion)
  if (type === undefined) return E.left(refused(`no such kind in ${apiVersion}`))
  const created = registry.create(type, object)
  if (E.isLeft(created)) return E.left(refused(created.left.message))
  if (status === undefined) return created
  const updated = registry.update(type, { ...created.right, status }, { status: true })
  return E.isLeft(updated) ? E.left(refused(updated.left.message)) : updated
}

/** Puts the objects into the cluster before anybody looks. Throws when one of them is not acceptable. */
export const seedAll = (registry: Registry, objects: ReadonlyArray<KubeObject>): void => {
  for (const object of objects) {
    orThrow(seed(registry, object))
    // Pods need the service account that each namespace is given.
    if (object.kind === 'Namespace') controlNamespaces(registry)
  }
}
