import type { MemoryCluster } from '../../../src/cluster/memory.js'
import type { Cluster, KubeObject, ResourceType } from '../../../src/cluster/port.js'
import * as known from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import type { Kind } from '../../../src/model/resource.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'

interface Spec {
  readonly workload: { readonly manifests: ReadonlyArray<KubeObject> }
  readonly executor?: {
    readonly subject: { readonly serviceAccount: { readonly name: string; readonly namespace: string } }
  }
}

export const specOf = ({ spec }: KubeObject): Spec => spec as Spec

const typeOf = ({ apiVersion, kind }: KubeObject): ResourceType =>
  Object.values(known)
    .filter((it): it is ResourceType => typeof it === 'object')
    .find((type) => type.kind === kind && known.apiVersionOf(type) === apiVersion) ??
  storageType(kind as Kind, 'projectcalico.org')

/** Who applies the work on the managed cluster. */
const executorOn = (cluster: MemoryCluster, work: KubeObject): Cluster => {
  const account = specOf(work).executor?.subject.serviceAccount
  return account === undefined
    ? cluster
    : cluster.as(`system:serviceaccount:${account.namespace}:${account.name}`)
}

/** What OCM's work agent does with a work on its cluster, as its executor. */
export const applyWork = async (cluster: MemoryCluster, work: KubeObject): Promise<void> => {
  const executor = executorOn(cluster, work)
  for (const object of specOf(work).workload.manifests)
    orThrow(await executor.create(typeOf(object), object)())
}

/** What it does when the work is deleted. */
export const deleteWork = async (cluster: MemoryCluster, work: KubeObject): Promise<void> => {
  for (const object of [...specOf(work).workload.manifests].reverse()) {
    const { name, namespace } = object.metadata
    const ref = { type: typeOf(object), name, ...(namespace === undefined ? {} : { namespace }) }
    const { uid = '', resourceVersion = '' } = orThrow(await cluster.get(ref)()).metadata
    orThrow(await cluster.remove(ref, { uid, resourceVersion })())
  }
}
