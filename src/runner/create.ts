import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ClusterError } from '../cluster/error.js'
import type { CallOptions, Cluster, KubeObject, ResourceType } from '../cluster/port.js'
import { runLabel } from './ownership.js'

/**
 * Creates an object of this run, once. A lost reply is settled by looking: names hold the run's random id, so an
 * object of that name with the run's label can only be the one that was sent.
 */
export const createOnce =
  (
    cluster: Cluster,
    type: ResourceType,
    object: KubeObject,
    options: CallOptions,
  ): TaskEither<ClusterError, KubeObject> =>
  async () => {
    const created = await cluster.create(type, object, options)()
    if (E.isRight(created)) return created
    if (created.left._tag !== 'AlreadyExists' && created.left._tag !== 'Unanswered') return created
    const { name, namespace } = object.metadata
    const found = await cluster.get(
      { type, name, ...(namespace === undefined ? {} : { namespace }) },
      options,
    )()
    if (E.isLeft(found))
      return created.left._tag === 'Unanswered' && found.left._tag === 'NotFound'
        ? cluster.create(type, object, options)()
        : created
    return found.right.metadata.labels?.[runLabel] === object.metadata.labels?.[runLabel] ? found : created
  }
