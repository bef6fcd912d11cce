import * as E from 'fp-ts/lib/Either.js'
import { inParallel } from '../../async/parallel.js'
import type { ClusterError } from '../../cluster/error.js'
import type { CallContext } from '../run-context.js'
import type { OwnedObject } from '../state/owned-object.js'
import { type Deletion, joinDeletions, nothingDeleted } from './deletion.js'

/** Whether a deletion without an answer happened: only ours could have named this UID and version. */
const happened = async (context: CallContext, { ref, only }: OwnedObject): Promise<boolean> => {
  const now = await context.cluster.get(ref, context)()
  if (E.isLeft(now)) return now.left._tag === 'NotFound'
  const { uid, deletionTimestamp } = now.right.metadata
  return uid !== only.uid || deletionTimestamp !== undefined
}

const afterFailure = async (
  context: CallContext,
  owned: OwnedObject,
  failure: ClusterError,
): Promise<Partial<Deletion>> => {
  const { name } = owned
  switch (failure._tag) {
    // Gone already, by the garbage collector or by someone else: nothing is left, and we deleted nothing.
    case 'NotFound':
      return {}
    case 'Conflict':
      return { changed: [name] }
    case 'Unanswered':
      return (await happened(context, owned)) ? { deleted: [name] } : { unanswered: [name] }
    case 'TimedOut':
    case 'Aborted':
      return { unanswered: [name] }
    default:
      return { left: [{ name, cause: failure.message }] }
  }
}

const deleteOne = async (context: CallContext, owned: OwnedObject): Promise<Deletion> => {
  const result = await context.cluster.remove(owned.ref, owned.only, context)()
  const deletion = E.isRight(result)
    ? { deleted: [owned.name] }
    : await afterFailure(context, owned, result.left)
  for (const object of deletion.deleted ?? []) context.emit({ _tag: 'Removed', object })
  return { ...nothingDeleted, ...deletion }
}

/** Deletes exactly these objects at these versions, a few at a time. Goes on after a failure, and says which failed. */
export const deleteOwned = async (
  context: CallContext,
  owned: ReadonlyArray<OwnedObject>,
): Promise<Deletion> => joinDeletions(await inParallel(owned, (it) => deleteOne(context, it)))
