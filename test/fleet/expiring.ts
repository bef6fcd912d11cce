import * as E from 'fp-ts/lib/Either.js'
import type { ClusterError } from '../../src/cluster/error.js'
import type { Cluster } from '../../src/cluster/port.js'

const expired: ClusterError = {
  _tag: 'Unauthenticated',
  request: 'get',
  message: 'the credentials have expired',
}

/** A cluster whose credentials are over after so many calls. */
export const expiring = (cluster: Cluster, calls: number): Cluster => {
  let left = calls
  const limited =
    <Args extends ReadonlyArray<unknown>, A>(
      call: (...args: Args) => () => Promise<E.Either<ClusterError, A>>,
    ) =>
    (...args: Args) =>
    async (): Promise<E.Either<ClusterError, A>> => {
      left -= 1
      return left < 0 ? E.left(expired) : call(...args)()
    }
  const { get, list, create, replace, group } = cluster
  return {
    ...cluster,
    get: limited(get),
    list: limited(list),
    create: limited(create),
    replace: limited(replace),
    group: limited(group),
  }
}
