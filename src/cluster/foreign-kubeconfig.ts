import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { ClusterError } from './error.js'
import { kubeCluster } from './kube.js'
import type { Cluster } from './port.js'

/** Makes a cluster of a kubeconfig's text. */
export type Connect = (kubeconfig: string) => Promise<E.Either<ClusterError, Cluster>>

const unusable = (message: string, hint: string): E.Either<ClusterError, never> =>
  E.left({ _tag: 'NoKubeconfig', request: 'read the kubeconfig', message, hint })

const Kubeconfig = t.type({
  clusters: t.array(t.partial({ caFile: t.unknown })),
  users: t.array(
    t.partial({ exec: t.unknown, authProvider: t.unknown, certFile: t.unknown, keyFile: t.unknown }),
  ),
})

/** What in it would run a program of this machine, or read a file of it. */
const reachesOut = (config: unknown): string | undefined => {
  const decoded = Kubeconfig.decode(config)
  if (E.isLeft(decoded)) return 'something that cannot be told'
  const { users, clusters } = decoded.right
  if (users.some(({ exec }) => exec !== undefined)) return 'a program to run'
  if (users.some(({ authProvider }) => authProvider !== undefined)) return 'an auth provider'
  const files = [
    ...users.flatMap(({ certFile, keyFile }) => [certFile, keyFile]),
    ...clusters.map((it) => it.caFile),
  ]
  return files.some((file) => file !== undefined) ? 'a file of this machine' : undefined
}

/**
 * The cluster of a kubeconfig that somebody else has written: of a Secret, or of Gardener. It has to hold its credentials
 * itself. What it says is in no message.
 */
export const connectKubeconfig: Connect = async (kubeconfig) => {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  try {
    config.loadFromString(kubeconfig)
  } catch {
    return unusable('it is not a kubeconfig', 'put a kubeconfig there, with its credentials in it')
  }
  const named = reachesOut(config)
  if (named !== undefined) {
    const hint = 'put the certificates or the token into the kubeconfig itself'
    return unusable(`it names ${named}, which is not used: others may have written it`, hint)
  }
  return E.right(kubeCluster({ kubeconfig: config }))
}
