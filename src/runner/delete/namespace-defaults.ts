import { isDeepStrictEqual } from 'node:util'
import type { KubeObject, ResourceType } from '../../cluster/port.js'

/** The accounts that OpenShift makes in each namespace, and the API of the part of it that does. */
const accountsOf: Readonly<Record<string, string>> = {
  builder: 'build.openshift.io',
  deployer: 'apps.openshift.io',
}

const isDefaultAccount = (name: string, groups: ReadonlySet<string>): boolean =>
  name === 'default' || (Object.hasOwn(accountsOf, name) && groups.has(accountsOf[name] ?? ''))

const configMaps: ReadonlySet<string> = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt'])

const toldByOthers: ReadonlySet<string> = new Set(['events', 'endpoints', 'endpointslices'])

const account = (namespace: string, name: string) => ({ kind: 'ServiceAccount', name, namespace })

const group = (namespace: string) => ({
  apiGroup: 'rbac.authorization.k8s.io',
  kind: 'Group',
  name: `system:serviceaccounts:${namespace}`,
})

/** What OpenShift binds in each namespace: the role, and to whom. **Source**: openshift-controller-manager, defaultrolebindings. */
const bindings: Readonly<
  Record<string, { readonly role: string; readonly subject: (namespace: string) => object }>
> = {
  'system:deployers': { role: 'system:deployer', subject: (it) => account(it, 'deployer') },
  'system:image-builders': { role: 'system:image-builder', subject: (it) => account(it, 'builder') },
  'system:image-pullers': { role: 'system:image-puller', subject: group },
}

const isDefaultBinding = ({
  metadata: { name, namespace = '' },
  ...binding
}: KubeObject & { readonly roleRef?: unknown; readonly subjects?: unknown }): boolean => {
  const known = Object.hasOwn(bindings, name) ? bindings[name] : undefined
  if (known === undefined) return false
  const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: known.role }
  return (
    isDeepStrictEqual(binding.roleRef, role) &&
    isDeepStrictEqual(binding.subjects, [known.subject(namespace)])
  )
}

/** A registry's credentials of such an account, made for it and gone with it. */
const isOfAnAccount = (
  { metadata: { ownerReferences = [] }, ...secret }: KubeObject,
  groups: ReadonlySet<string>,
): boolean =>
  (secret as { readonly type?: unknown }).type === 'kubernetes.io/dockercfg' &&
  ownerReferences.length > 0 &&
  ownerReferences.every(({ kind, name }) => kind === 'ServiceAccount' && isDefaultAccount(name, groups))

/**
 * Whether it is what the cluster itself puts into each namespace, or tells of what is in it. Bindings are that only as the
 * cluster makes them: one that somebody has widened is theirs. `groups` are the APIs that it serves.
 */
export const isNamespaceDefault = (
  { resource }: ResourceType,
  object: KubeObject,
  groups: ReadonlySet<string>,
): boolean => {
  const { name } = object.metadata
  switch (resource) {
    case 'configmaps':
      return configMaps.has(name)
    case 'serviceaccounts':
      return isDefaultAccount(name, groups)
    case 'rolebindings':
      return isDefaultBinding(object)
    case 'secrets':
      return isOfAnAccount(object, groups)
    default:
      return toldByOthers.has(resource)
  }
}
