import { isAbsolute, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeConfigLike } from './kubeconfig.js'
import { parseJson } from './reply.js'
import type { NoConfig } from './transport.js'

const Fields = t.record(t.string, t.unknown)
type Fields = t.TypeOf<typeof Fields>

const Named = t.intersection([t.type({ name: t.string }), Fields])

const Exported = t.type({
  clusters: t.array(t.intersection([Named, t.type({ cluster: Fields })])),
  users: t.array(t.intersection([Named, t.type({ user: Fields })])),
  contexts: t.array(t.intersection([Named, t.type({ context: Fields })])),
})

const TokenFile = t.type({ name: t.literal('tokenFile'), config: t.type({ tokenFile: t.string }) })

const absolute = (path: unknown): unknown =>
  typeof path === 'string' && !isAbsolute(path) ? resolve(path) : path

/** Paths are read from here, not from where the file will be. */
const withPaths = (fields: Fields, ...names: ReadonlyArray<string>): Fields => ({
  ...fields,
  ...Object.fromEntries(names.flatMap((name) => (name in fields ? [[name, absolute(fields[name])]] : []))),
})

/** A plugin without a slash in its name is looked for in PATH. */
const pluginOf = (exec: Fields): Fields =>
  typeof exec.command === 'string' && exec.command.includes('/') ? withPaths(exec, 'command') : exec

/** client-node has names of its own for what a service account's token is. */
const userOf = ({ exec, 'auth-provider': provider, ...fields }: Fields): Fields => ({
  ...withPaths(fields, 'client-certificate', 'client-key'),
  ...(Fields.is(exec) ? { exec: pluginOf(exec) } : {}),
  ...(TokenFile.is(provider)
    ? { tokenFile: provider.config.tokenFile }
    : Fields.is(provider)
      ? { 'auth-provider': provider }
      : {}),
})

const unfit: NoConfig = {
  _tag: 'NoConfig',
  message: 'the kubeconfig cannot be handed to another program',
  hint: 'pass a kubeconfig file to kubeCluster, or a KubeConfig that has exportConfig()',
}

/**
 * The current context as a kubeconfig file of its own, for client-go: its cluster and its user, and no others. It holds
 * their secrets.
 */
export const kubeconfigFile = (config: KubeConfigLike): E.Either<NoConfig, string> => {
  const exported = Exported.decode(parseJson(config.exportConfig?.() ?? ''))
  if (E.isLeft(exported)) return E.left(unfit)
  const { clusters, users, contexts } = exported.right
  const current = config.getCurrentContext()
  const context = contexts.find(({ name }) => name === current)
  const cluster = clusters.find(({ name }) => name === context?.context.cluster)
  const user = users.find(({ name }) => name === context?.context.user)
  if (context === undefined || cluster === undefined) return E.left(unfit)
  return E.right(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ ...cluster, cluster: withPaths(cluster.cluster, 'certificate-authority') }],
      users: user === undefined ? [] : [{ ...user, user: userOf(user.user) }],
      contexts: [context],
      'current-context': current,
    }),
  )
}
