import type { KubeObject } from '../../../src/cluster/port.js'
import { tokenOf } from '../../../src/testing/serve-memory.js'

/** A kubeconfig whose context `served` is the server's; its current one is another. */
export const configFor = (server: string, user: string | undefined) =>
  JSON.stringify({
    clusters: [
      { name: 'served', cluster: { server, 'insecure-skip-tls-verify': true } },
      { name: 'elsewhere', cluster: { server: 'https://192.0.2.1' } },
    ],
    users: [
      { name: 'user', user: user === undefined ? {} : { token: tokenOf(user) } },
      { name: 'other', user: { token: 'another-secret' } },
    ],
    contexts: [
      { name: 'served', context: { cluster: 'served', user: 'user' } },
      { name: 'elsewhere', context: { cluster: 'elsewhere', user: 'other' } },
    ],
    'current-context': 'elsewhere',
  })

/** What the user `writer` may do. */
export const grant = (rules: ReadonlyArray<object>): ReadonlyArray<KubeObject> => {
  const name = 'writer'
  const kind = 'ClusterRole'
  const apiGroup = 'rbac.authorization.k8s.io'
  const apiVersion = `${apiGroup}/v1`
  return [
    { apiVersion, kind, metadata: { name }, rules },
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup, kind, name },
      subjects: [{ apiGroup, kind: 'User', name }],
    },
  ]
}
