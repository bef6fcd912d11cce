import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ClusterError, NoKubeconfig } from '../../cluster/error.js'
import type { Cluster, Target } from '../../cluster/port.js'

export interface Renewal {
  /** Gets credentials, and makes a cluster of them. */
  readonly open: TaskEither<ClusterError, Cluster>
  readonly target: Target
  /** How long credentials are used before others are got. */
  readonly renewMs: number
}

const noFile: NoKubeconfig = {
  _tag: 'NoKubeconfig',
  request: 'write a kubeconfig for another program',
  message: 'these credentials are for this process alone',
  hint: 'choose another transport: pod or api',
}

/**
 * A cluster whose credentials are short-lived: got with the first call, and anew when they get old or are refused. What is
 * refused was not done, so it is sent again. Closed, it keeps none of them.
 */
export const renewedCluster = ({ open, target, renewMs }: Renewal): Cluster => {
  let opening: Promise<E.Either<ClusterError, Cluster>> | undefined
  let since = 0

  const forget = async (old: Promise<E.Either<ClusterError, Cluster>> | undefined): Promise<void> => {
    const opened = await old
    if (opened !== undefined && E.isRight(opened)) opened.right.close()
  }
  const start = () => {
    since = Date.now()
    opening = open()
    return opening
  }
  const current = async (refused?: Cluster): Promise<E.Either<ClusterError, Cluster>> => {
    const held = opening
    if (held === undefined) return start()
    const found = await held
    const isOld = Date.now() - since > renewMs
    const isRefused = refused !== undefined && E.isRight(found) && found.right === refused
    if (E.isRight(found) && !isOld && !isRefused) return found
    // Another call may have begun it meanwhile.
    if (opening !== held && opening !== undefined) return opening
    void forget(held)
    return start()
  }
  const calling =
    <A>(call: (cluster: Cluster) => TaskEither<ClusterError, A>): TaskEither<ClusterError, A> =>
    async () => {
      const opened = await current()
      if (E.isLeft(opened)) return opened
      const first = await call(opened.right)()
      if (E.isRight(first) || first.left._tag !== 'Unauthenticated') return first
      const renewed = await current(opened.right)
      return E.isLeft(renewed) ? renewed : call(renewed.right)()
    }

  return {
    target: () => async () => E.right(target),
    get: (...args) => calling((it) => it.get(...args)),
    list: (...args) => calling((it) => it.list(...args)),
    create: (...args) => calling((it) => it.create(...args)),
    replace: (...args) => calling((it) => it.replace(...args)),
    remove: (...args) => calling((it) => it.remove(...args)),
    logs: (...args) => calling((it) => it.logs(...args)),
    group: (...args) => calling((it) => it.group(...args)),
    namespacedTypes: (...args) => calling((it) => it.namespacedTypes(...args)),
    kubeconfig: () => calling((it) => it.kubeconfig?.() ?? (async () => E.left(noFile))),
    close: () => {
      const old = opening
      opening = undefined
      void forget(old)
    },
  }
}
