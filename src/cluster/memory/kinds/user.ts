/** Who a request is from, as authentication found out. */
export interface User {
  readonly name: string
  readonly groups: ReadonlyArray<string>
}

/** May do everything, as kubeadm's own kubeconfig does. */
export const admin: User = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] }

const serviceAccount = /^system:serviceaccount:([^:]+):([^:]+)$/

/** The service account that the user of that name is, if it is one. */
export const serviceAccountOf = (
  user: string,
): { readonly namespace: string; readonly name: string } | undefined => {
  const [, namespace, name] = serviceAccount.exec(user) ?? []
  return namespace === undefined || name === undefined ? undefined : { namespace, name }
}

/** The user of that name, in the groups that Kubernetes gives it. */
export const userNamed = (name: string): User => {
  const namespace = serviceAccountOf(name)?.namespace
  const groups =
    namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`]
  return { name, groups: [...groups, 'system:authenticated'] }
}

export const serviceAccountName = (namespace: string, name: string): string =>
  `system:serviceaccount:${namespace}:${name}`
