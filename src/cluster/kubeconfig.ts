import type { KubeConfig } from '@kubernetes/client-node'
import * as E from 'fp-ts/lib/Either.js'
import { kubeconfigList, mergeInto } from './kubeconfig-list.js'
import type { NoConfig } from './transport.js'

/** What this package needs of a `KubeConfig` of @kubernetes/client-node, of whatever version. */
export interface KubeConfigLike {
  getCurrentContext(): string
  getCurrentCluster(): { readonly server: string; readonly skipTLSVerify?: boolean } | null
  getContextObject(name: string): { readonly namespace?: string } | null
  /** The whole of it as JSON, as a kubeconfig file would have it. Only other programs need it. */
  exportConfig?(): string
  /** Adds an agent with TLS material, headers and basic auth to the options of a request. */
  applyToHTTPSOptions(options: object): Promise<void>
}

/** Where to find the cluster. */
export type KubeSource =
  | {
      /**
       * A kubeconfig file. Without it: the files of `KUBECONFIG`, merged as kubectl merges them, then `~/.kube/config`, then the
       * pod's own service account.
       */
      readonly kubeconfig?: string
      /** A context of that kubeconfig other than its current one. */
      readonly context?: string
    }
  | {
      /** A `KubeConfig` of @kubernetes/client-node with its context set. */
      readonly kubeconfig: KubeConfigLike
      readonly context?: never
    }

const fail = (message: string, hint: string): E.Either<NoConfig, never> =>
  E.left({ _tag: 'NoConfig', message, hint })

const whatToDo =
  'Set KUBECONFIG, pass `kubeconfig`, or run in a pod with a service account. `kubectl config get-contexts` lists contexts.'

// An error of the parser quotes the file, and with it the credentials in it.
const unreadable = (error: unknown): string =>
  error instanceof Error && 'code' in error ? `it cannot be read (${error.code})` : 'it is not a kubeconfig'

// What client-node falls back to when there is nothing to load.
const isFallback = (config: KubeConfigLike): boolean => config.getCurrentContext() === 'loaded-context'

const load = async (
  path: string | undefined,
  context: string | undefined,
): Promise<E.Either<NoConfig, KubeConfigLike>> => {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  const paths = path === undefined ? kubeconfigList() : [path]
  const files: Array<KubeConfig> = []
  for (const file of paths) {
    const read = new KubeConfig()
    try {
      read.loadFromFile(file)
    } catch (error) {
      return fail(`the kubeconfig ${file} cannot be used: ${unreadable(error)}`, whatToDo)
    }
    files.push(read)
  }
  if (files.length > 0) mergeInto(config, files)
  else {
    try {
      config.loadFromDefault()
    } catch (error) {
      return fail(`the kubeconfig cannot be used: ${unreadable(error)}`, whatToDo)
    }
    if (isFallback(config))
      return fail('there is no kubeconfig, and this process does not run in a pod', whatToDo)
  }
  if (context !== undefined) {
    if (config.getContextObject(context) === null) {
      const names = config.getContexts().map(({ name }) => name)
      return fail(
        `the kubeconfig has no context ${JSON.stringify(context)}; it has: ${names.join(', ') || 'none'}`,
        whatToDo,
      )
    }
    config.setCurrentContext(context)
  }
  return E.right(config)
}

/** The kubeconfig to go by, checked to name a server. Loads client-node only when it is needed. */
export const loadKubeconfig = async ({
  kubeconfig,
  context,
}: KubeSource): Promise<E.Either<NoConfig, KubeConfigLike>> => {
  const loaded = typeof kubeconfig === 'object' ? E.right(kubeconfig) : await load(kubeconfig, context)
  if (E.isLeft(loaded)) return loaded
  const cluster = loaded.right.getCurrentCluster()
  if (cluster === null) {
    return fail(
      'the kubeconfig has no current context, or its cluster is missing',
      'Pass `context`, or select one.',
    )
  }
  if (!URL.canParse(cluster.server))
    return fail(
      'the server of the context is not a URL',
      'Correct `server` in the kubeconfig, such as https://192.0.2.1:6443.',
    )
  if (cluster.server.startsWith('http:') && cluster.skipTLSVerify !== true) {
    return fail(
      'the server of the context is plain http',
      'Set `insecure-skip-tls-verify: true` for this cluster if that is what you want.',
    )
  }
  return loaded
}
