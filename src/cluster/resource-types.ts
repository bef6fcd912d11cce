import type { ResourceType } from './port.js'

const core = (resource: string, kind: string): ResourceType => ({
  group: '',
  version: 'v1',
  resource,
  kind,
  namespaced: true,
})

const rbac = (resource: string, kind: string, namespaced: boolean): ResourceType => ({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource,
  kind,
  namespaced,
})

export const pods = core('pods', 'Pod')
export const events = core('events', 'Event')
export const endpoints = core('endpoints', 'Endpoints')
/** Full ones, of 1 MiB each, come in pages that a reply has room for. */
export const configMaps: ResourceType = { ...core('configmaps', 'ConfigMap'), pageSize: 20 }
export const serviceAccounts = core('serviceaccounts', 'ServiceAccount')
export const namespaces: ResourceType = { ...core('namespaces', 'Namespace'), namespaced: false }
export const kubernetesPolicies: ResourceType = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'networkpolicies',
  kind: 'NetworkPolicy',
  namespaced: true,
}
export const jobs: ResourceType = {
  group: 'batch',
  version: 'v1',
  resource: 'jobs',
  kind: 'Job',
  namespaced: true,
}
export const roles = rbac('roles', 'Role', true)
export const roleBindings = rbac('rolebindings', 'RoleBinding', true)
export const clusterRoles = rbac('clusterroles', 'ClusterRole', false)
export const clusterRoleBindings = rbac('clusterrolebindings', 'ClusterRoleBinding', false)
export const leases: ResourceType = {
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  kind: 'Lease',
  namespaced: true,
}
export const accessReviews: ResourceType = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'selfsubjectaccessreviews',
  kind: 'SelfSubjectAccessReview',
  namespaced: false,
}

/** `batch/v1`, or `v1` for the core group. */
export const apiVersionOf = (type: ResourceType): string =>
  type.group === '' ? type.version : `${type.group}/${type.version}`
