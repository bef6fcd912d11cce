import type { ResourceType } from './port.js'

type Place = Pick<ResourceType, 'namespaced'> & Partial<Pick<ResourceType, 'pageSize'>>

const namespaced: Place = { namespaced: true }
const global: Place = { namespaced: false }

const of =
  (group: string) =>
  (resource: string, kind: string, place: Place = namespaced): ResourceType => ({
    group,
    version: 'v1',
    resource,
    kind,
    ...place,
  })

const core = of('')
const rbac = of('rbac.authorization.k8s.io')

export const namespaces = core('namespaces', 'Namespace', global)
export const nodes = core('nodes', 'Node', global)
export const pods = core('pods', 'Pod')
/** Full ones, of 1 MiB each, come in pages that a reply has room for. */
export const configMaps = core('configmaps', 'ConfigMap', { ...namespaced, pageSize: 20 })
export const secrets = core('secrets', 'Secret', { ...namespaced, pageSize: 20 })
export const serviceAccounts = core('serviceaccounts', 'ServiceAccount')
export const services = core('services', 'Service')
export const endpoints = core('endpoints', 'Endpoints')
export const endpointSlices = of('discovery.k8s.io')('endpointslices', 'EndpointSlice')
export const events = core('events', 'Event')
export const resourceQuotas = core('resourcequotas', 'ResourceQuota')
export const jobs = of('batch')('jobs', 'Job')
export const leases = of('coordination.k8s.io')('leases', 'Lease')
export const kubernetesPolicies = of('networking.k8s.io')('networkpolicies', 'NetworkPolicy')
export const roles = rbac('roles', 'Role')
export const roleBindings = rbac('rolebindings', 'RoleBinding')
export const clusterRoles = rbac('clusterroles', 'ClusterRole', global)
export const clusterRoleBindings = rbac('clusterrolebindings', 'ClusterRoleBinding', global)
export const customResourceDefinitions = of('apiextensions.k8s.io')(
  'customresourcedefinitions',
  'CustomResourceDefinition',
  global,
)
export const accessReviews = of('authorization.k8s.io')(
  'selfsubjectaccessreviews',
  'SelfSubjectAccessReview',
  global,
)

/** `batch/v1`, or `v1` for the core group. */
export const apiVersionOf = (type: ResourceType): string =>
  type.group === '' ? type.version : `${type.group}/${type.version}`
