import * as E from 'fp-ts/lib/Either.js'
import { type Credentials, createCredentials } from './credentials.js'
import { sendHttp } from './http.js'
import { type KubeConfigLike, type KubeSource, loadKubeconfig } from './kubeconfig.js'
import { kubeconfigFile } from './kubeconfig-file.js'
import type { Cluster, Target } from './port.js'
import { type RestOptions, restCluster } from './rest.js'
import type { NoConfig, Transport } from './transport.js'

export type { KubeConfigLike } from './kubeconfig.js'

export type KubeOptions = KubeSource &
  RestOptions & {
    /** The namespace to work in, in place of the context's. */
    readonly namespace?: string
  }

interface Session {
  readonly config: KubeConfigLike
  readonly target: Target
  readonly credentials: Credentials
}

const open = (config: KubeConfigLike, namespace: string | undefined): Session => {
  const context = config.getCurrentContext()
  const server = new URL(config.getCurrentCluster()?.server ?? '')
  return {
    config,
    target: {
      description: `context ${context} (${server.origin})`,
      namespace: namespace ?? (config.getContextObject(context)?.namespace?.trim() || 'default'),
    },
    credentials: createCredentials(config, server),
  }
}

/** HTTPS to the API server that a kubeconfig names. Nothing is read before the first call. */
const kubeTransport = (options: KubeOptions): Transport => {
  let opening: Promise<E.Either<NoConfig, Session>> | undefined
  let session: Session | undefined

  const start = async (): Promise<E.Either<NoConfig, Session>> => {
    const config = await loadKubeconfig(options)
    if (E.isLeft(config)) return config
    session = open(config.right, options.namespace)
    return E.right(session)
  }
  const opened = (): Promise<E.Either<NoConfig, Session>> => {
    opening ??= start()
    return opening
  }

  const send: Transport['send'] = async (request, signal) => {
    const ready = await opened()
    if (E.isLeft(ready)) return ready
    const { connection } = ready.right.credentials
    const first = await connection()
    if (E.isLeft(first)) return first
    const reply = await sendHttp(first.right, request, signal)
    if (E.isLeft(reply) || reply.right.status !== 401) return reply
    // A token may have expired early; what is not let in is not done either.
    const renewed = await connection(first.right)
    return E.isLeft(renewed) ? renewed : sendHttp(renewed.right, request, signal)
  }

  return {
    send,
    target: async () => E.map(({ target }: Session) => target)(await opened()),
    kubeconfig: async () => E.chain(({ config }: Session) => kubeconfigFile(config))(await opened()),
    close: () => session?.credentials.close(),
  }
}

/**
 * A Kubernetes cluster, by the kubeconfig that kubectl would use, or the one that is given; in a pod, by its
 * service account. Credentials of all kinds that @kubernetes/client-node knows: certificates, tokens, exec plugins, OIDC.
 *
 * Nothing is read and no connection made before the first call. A kubeconfig that is of no use gives `NoKubeconfig`.
 *
 * @example
 * const cluster = kubeCluster({ context: 'staging' })
 * await cluster.target()() // => Right({ description: 'context staging (https://…)', namespace: 'default' })
 */
export const kubeCluster = (options: KubeOptions = {}): Cluster =>
  restCluster(kubeTransport(options), options)
