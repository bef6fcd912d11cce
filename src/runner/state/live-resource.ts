import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { attempt } from '../../async/task.js'
import type { CallOptions, Cluster, KubeObject, ResourceType } from '../../cluster/port.js'
import type { Kind, Resource } from '../../model/resource.js'
import { printId } from '../../model/resource-id.js'
import type { RunnerError } from '../error.js'
import type { Name } from '../report.js'
import type { Calico } from './calico-cluster.js'
import type { Proven } from './owned-object.js'
import { appliedAnnotation, isOwned, ownerSelector } from './owner-labels.js'
import { fromStored, type StoredBy, storageType } from './stored-resource.js'

/** A Calico resource as the cluster has it. */
export interface Present extends Proven {
  readonly owned: boolean
  /** As it is stored. */
  readonly object: KubeObject
  /** `undefined` where it does not decode: newer than this library, or written around Calico's validation. */
  readonly resource: Resource | undefined
  /** The digest of what was applied; absent on what the Runner did not apply. */
  readonly applied: string | undefined
}

export type PresentByName = ReadonlyMap<Name, Present>

const toPresent = (owner: string, type: ResourceType, object: KubeObject, calico: StoredBy): Present => {
  const { name, namespace, uid = '', resourceVersion = '', finalizers = [] } = object.metadata
  const stored = fromStored(object, calico.version)
  return {
    name: printId(stored.id),
    ref: { type, name, ...(namespace === undefined ? {} : { namespace }) },
    only: { uid, resourceVersion },
    ...(object.metadata.deletionTimestamp === undefined
      ? {}
      : { waitsFor: `its finalizers: ${finalizers.join(', ')}` }),
    owned: isOwned(owner, stored.id, stored.metadata),
    object,
    resource: stored.resource,
    applied: stored.metadata.annotations?.[appliedAnnotation],
  }
}

interface Query {
  readonly kinds: ReadonlyArray<Kind>
  /** The cluster's Calico, which decides on stored names; by their prefix where its version is not known. */
  readonly calico: StoredBy
  /** Only what carries the owner's label. */
  readonly labelled?: boolean
}

/** The cluster's objects of some kinds, by name. A kind that the cluster does not serve has none. */
export const readPresent = (
  cluster: Cluster,
  owner: string,
  query: Query,
  options: CallOptions,
): TaskEither<RunnerError, PresentByName> =>
  attempt(async (must) => {
    const selector = query.labelled === true ? { labelSelector: ownerSelector(owner) } : {}
    const lists = await Promise.all(
      query.kinds.map(async (kind) => {
        const type = storageType(kind, query.calico.group)
        const listed = await cluster.list(type, { ...options, ...selector })()
        if (E.isLeft(listed) && listed.left._tag === 'NotFound') return []
        return (await must(listed)).items.map((object) => toPresent(owner, type, object, query.calico))
      }),
    )
    return new Map(lists.flat().map((present) => [present.name, present]))
  })

/** The present state of the kinds of these resources; and what the owner has of the kinds in `owned`. */
export const readPresentOf = (
  cluster: Cluster,
  owner: string,
  calico: Calico,
  resources: ReadonlyArray<Resource>,
  owned: ReadonlyArray<Kind>,
  options: CallOptions,
): TaskEither<RunnerError, PresentByName> =>
  attempt(async (must) => {
    const given = new Set(resources.map((resource) => resource.kind))
    const others = owned.filter((kind) => !given.has(kind))
    const [ofGiven, ofOthers] = await Promise.all([
      must(readPresent(cluster, owner, { kinds: [...given], calico }, options)),
      must(readPresent(cluster, owner, { kinds: others, calico, labelled: true }, options)),
    ])
    return new Map([...ofGiven, ...ofOthers])
  })
