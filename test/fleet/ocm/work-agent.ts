import * as E from 'fp-ts/lib/Either.js'
import type { MemoryCluster } from '../../../src/cluster/memory.js'
import type { KubeObject, ResourceType } from '../../../src/cluster/port.js'
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

/** Some kinds come before all others, whatever their group: the rest in the order of the work. */
const ranks: Readonly<Record<string, number>> = {
  ClusterRole: 1,
  ClusterRoleBinding: 1,
  Role: 1,
  RoleBinding: 1,
  NetworkPolicy: 2,
  ServiceAccount: 2,
  ConfigMap: 3,
  Job: 5,
}

const inOrder = (manifests: ReadonlyArray<KubeObject>): ReadonlyArray<KubeObject> =>
  [...manifests].sort((a, b) => (ranks[a.kind] ?? 1000) - (ranks[b.kind] ?? 1000))

const attributes = (object: KubeObject, verb: string) => {
  const { group, version, resource } = typeOf(object)
  const { name, namespace } = object.metadata
  return { verb, group, version, resource, name, ...(namespace === undefined ? {} : { namespace }) }
}

/** What the work's executor may not do of what the agent asks for each of its objects. */
const forbidden = async (cluster: MemoryCluster, work: KubeObject): Promise<ReadonlyArray<string>> => {
  const { executor, workload } = specOf(work)
  const account = executor?.subject.serviceAccount
  if (account === undefined) return []
  const asked = workload.manifests.flatMap((object) =>
    ['create', 'update', 'patch', 'get', 'delete'].map((verb) => attributes(object, verb)),
  )
  const user = cluster.as(`system:serviceaccount:${account.namespace}:${account.name}`)
  const { accessReviews: type } = known
  const allowed = await Promise.all(
    asked.map(async (resourceAttributes) => {
      const review = { metadata: { name: '' }, spec: { resourceAttributes } }
      const { status } = orThrow(
        await user.create(type, { ...review, apiVersion: known.apiVersionOf(type), kind: type.kind })(),
      )
      return Object(status).allowed === true
    }),
  )
  return asked.filter((_, index) => !allowed[index]).map(({ verb, name }) => `${verb} ${name}`)
}

/**
 * What OCM's work agent does with a work on its cluster, until all of it is there: it asks what the executor may, and then applies
 * by its own rights. An object that is refused holds up no other, and all are tried again. How many rounds that took.
 * **Source**: `pkg/work/spoke/controllers/manifestcontroller/manifestwork_reconciler.go` and `pkg/work/spoke/auth` of OCM 1.3.1.
 */
export const applyWork = async (cluster: MemoryCluster, work: KubeObject): Promise<number> => {
  const missing = await forbidden(cluster, work)
  if (missing.length > 0) throw new Error(`the executor may not ${missing.join(', ')}`)
  let left = inOrder(specOf(work).workload.manifests)
  for (let round = 1; ; round++) {
    const refused: Array<KubeObject> = []
    for (const object of left) {
      const made = await cluster.create(typeOf(object), object)()
      if (E.isLeft(made)) refused.push(object)
    }
    if (refused.length === 0) return round
    if (refused.length === left.length) throw new Error(`refused for ever: ${JSON.stringify(refused)}`)
    left = refused
  }
}

/** What it does when the work is deleted, by its own rights. */
export const deleteWork = async (cluster: MemoryCluster, work: KubeObject): Promise<void> => {
  for (const object of [...specOf(work).workload.manifests].reverse()) {
    const { name, namespace } = object.metadata
    const ref = { type: typeOf(object), name, ...(namespace === undefined ? {} : { namespace }) }
    const { uid = '', resourceVersion = '' } = orThrow(await cluster.get(ref)()).metadata
    orThrow(await cluster.remove(ref, { uid, resourceVersion })())
  }
}
