import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ClusterError } from '../../cluster/error.js'
import type { KubeObject, ResourceType } from '../../cluster/port.js'
import type { CallContext } from '../run-context.js'
import { runLabel } from '../state/owner-labels.js'

const mostAttempts = 3

/**
 * Creates an object of this run, once. A lost reply is settled by looking: names hold the run's random id, so an
 * object of that name with the run's label can only be the one that was sent. When there is none, it is sent again:
 * should the first one arrive after all, one of the two is refused, and the other is found.
 */
export const createOnce =
  (context: CallContext, type: ResourceType, object: KubeObject): TaskEither<ClusterError, KubeObject> =>
  async () => {
    const { cluster } = context
    const { name, namespace, labels } = object.metadata
    const ref = { type, name, ...(namespace === undefined ? {} : { namespace }) }
    for (let attempt = 1; ; attempt++) {
      const created = await cluster.create(type, object, context)()
      if (E.isRight(created)) return created
      const open = created.left._tag === 'AlreadyExists' || created.left._tag === 'Unanswered'
      if (!open) return created
      const found = await cluster.get(ref, context)()
      if (E.isRight(found)) {
        return found.right.metadata.labels?.[runLabel] === labels?.[runLabel] ? found : created
      }
      if (found.left._tag !== 'NotFound' || attempt === mostAttempts) return created
    }
  }
