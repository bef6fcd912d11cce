import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { KubeObject } from '../../cluster/port.js'
import { isPatchedKind } from '../../model/patch.js'
import type { Kind, Resource } from '../../model/resource.js'
import { printId } from '../../model/resource-id.js'
import type { RunnerError } from '../error.js'
import type { Name } from '../report.js'
import type { RunContext } from '../run-context.js'
import { type AppliedFields, readAppliedFields } from './applied-fields.js'
import { type Managers, managersOf } from './managers.js'
import { type OwnedObject, toOwnedObject } from './owned-object.js'
import { appliedAnnotation, ownerOf, ownerSelector } from './owner-labels.js'
import { type PatchRecord, type PatchRecords, readRecords } from './patch-record.js'
import { fromStored, type StoredBy, storageType } from './stored-resource.js'

/** A Calico resource as the cluster has it. */
export interface LiveResource extends OwnedObject {
  /** What it is, whatever the name it is stored under; `name` says that, too, where it is an old one. */
  readonly id: Name
  readonly owned: boolean
  /** Whose it is as a whole, of all owners there are. */
  readonly owner: string | undefined
  /** Whose fields are set in it. */
  readonly patches: PatchRecords
  /** It is stored under a name of an older release. */
  readonly outdated: boolean
  /** As it is stored. */
  readonly object: KubeObject
  /** `undefined` where it does not decode: newer than this library, or written around Calico's validation. */
  readonly resource: Resource | undefined
  /** What was applied; absent on what the Runner did not apply. */
  readonly applied: AppliedFields | undefined
  readonly managers: Managers
}

export type LiveByName = ReadonlyMap<Name, LiveResource>

const noPatches: PatchRecords = new Map()

const toLive = (owner: string, calico: StoredBy, kind: Kind, object: KubeObject): LiveResource => {
  const { id, outdated, metadata, resource } = fromStored(object, calico.version)
  const stored = outdated ? `, stored as ${object.metadata.name}` : ''
  const found = ownerOf(id, metadata)
  return {
    ...toOwnedObject(storageType(kind, calico.group), object),
    id: printId(id),
    name: `${printId(id)}${stored}`,
    outdated,
    owned: found === owner,
    owner: found,
    patches: isPatchedKind(kind) ? readRecords(metadata, id) : noPatches,
    object,
    resource,
    applied: readAppliedFields(metadata.annotations?.[appliedAnnotation]),
    managers: managersOf(object),
  }
}

interface Query {
  readonly kinds: ReadonlyArray<Kind>
  /** Only what carries the owner's label; and all of the kinds in which it may have set fields, whoever's they are. */
  readonly labelled?: boolean
}

/** The cluster's objects of some kinds, by name. A kind that the cluster does not serve has none. */
export const readLive = (
  { cluster, settings: { owner }, calico, signal }: RunContext<StoredBy>,
  { kinds, labelled = false }: Query,
): TaskEither<RunnerError, LiveByName> =>
  task(async (unwrap) => {
    const lists = await Promise.all(
      kinds.map(async (kind) => {
        const options =
          labelled && !isPatchedKind(kind) ? { signal, labelSelector: ownerSelector(owner) } : { signal }
        const listed = await cluster.list(storageType(kind, calico.group), options)()
        if (E.isLeft(listed) && listed.left._tag === 'NotFound') return []
        return (await unwrap(listed)).items.map((object) => toLive(owner, calico, kind, object))
      }),
    )
    return new Map(lists.flat().map((live) => [live.name, live]))
  })

/** What the cluster has of the kinds of these resources; and what the owner has of the kinds in `owned`. */
export const readLiveOf = (
  context: RunContext,
  resources: ReadonlyArray<Resource>,
  owned: ReadonlyArray<Kind>,
): TaskEither<RunnerError, LiveByName> =>
  task(async (unwrap) => {
    const given = new Set(resources.map((resource) => resource.kind))
    const others = owned.filter((kind) => !given.has(kind))
    const [ofGiven, ofOthers] = await Promise.all([
      unwrap(readLive(context, { kinds: [...given] })),
      unwrap(readLive(context, { kinds: others, labelled: true })),
    ])
    return new Map([...ofGiven, ...ofOthers])
  })

/** What an owner has set in it; nothing where it has not, or where it cannot be read what. */
export const recordOf = ({ patches }: LiveResource, owner: string): PatchRecord | undefined =>
  patches.get(owner)
