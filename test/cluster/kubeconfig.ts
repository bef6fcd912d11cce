import { KubeConfig } from '@kubernetes/client-node'

/** The kubeconfig of that file, as another user by impersonation. */
export const impersonating = (path: string, user: string): KubeConfig => {
  const config = new KubeConfig()
  config.loadFromFile(path)
  const { clusters, users, contexts, currentContext } = config
  config.loadFromOptions({
    clusters,
    contexts,
    currentContext,
    users: users.map((one) => ({ ...one, impersonateUser: user })),
  })
  return config
}

/** A kubeconfig for a served in-memory cluster. */
export const servedConfig = (url: string, user: object = {}, cluster: object = {}): KubeConfig => {
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: [{ name: 'served', server: url, skipTLSVerify: true, ...cluster }],
    users: [{ name: 'user', ...user }],
    contexts: [{ name: 'served', cluster: 'served', user: 'user', namespace: 'default' }],
    currentContext: 'served',
  })
  return config
}
