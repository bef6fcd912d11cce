import type { ResourceType } from '../../port.js'

/** A kind that the API server serves, with what the server must know to treat it right. */
export interface ServedType extends ResourceType {
  /** Whether `status` is written apart from the rest, by `…/status`. */
  readonly status: boolean
  /** Whether `metadata.generation` counts changes of the spec. */
  readonly generation: boolean
  /** Whether a PUT must name the resourceVersion that it replaces. */
  readonly casOnly: boolean
  readonly shortNames: ReadonlyArray<string>
}

const served =
  (group: string, version: string) =>
  (resource: string, kind: string, more: Partial<ServedType> = {}): ServedType => ({
    group,
    version,
    resource,
    kind,
    namespaced: true,
    status: false,
    generation: false,
    casOnly: false,
    shortNames: [],
    ...more,
  })

const core = served('', 'v1')
const rbac = served('rbac.authorization.k8s.io', 'v1')
const global = { namespaced: false }

/** The kinds that controllers and admission of the in-memory cluster know by name. */
export const types = {
  namespaces: core('namespaces', 'Namespace', { ...global, status: true, shortNames: ['ns'] }),
  nodes: core('nodes', 'Node', { ...global, status: true, shortNames: ['no'] }),
  pods: core('pods', 'Pod', { status: true, shortNames: ['po'] }),
  configmaps: core('configmaps', 'ConfigMap', { shortNames: ['cm'] }),
  secrets: core('secrets', 'Secret'),
  serviceaccounts: core('serviceaccounts', 'ServiceAccount', { shortNames: ['sa'] }),
  services: core('services', 'Service', { status: true, shortNames: ['svc'] }),
  events: core('events', 'Event', { shortNames: ['ev'] }),
  resourcequotas: core('resourcequotas', 'ResourceQuota', { status: true, shortNames: ['quota'] }),
  jobs: served('batch', 'v1')('jobs', 'Job', { status: true, generation: true }),
  leases: served('coordination.k8s.io', 'v1')('leases', 'Lease', { casOnly: true }),
  networkpolicies: served('networking.k8s.io', 'v1')('networkpolicies', 'NetworkPolicy', {
    generation: true,
    shortNames: ['netpol'],
  }),
  roles: rbac('roles', 'Role'),
  rolebindings: rbac('rolebindings', 'RoleBinding'),
  clusterroles: rbac('clusterroles', 'ClusterRole', global),
  clusterrolebindings: rbac('clusterrolebindings', 'ClusterRoleBinding', global),
  customresourcedefinitions: served('apiextensions.k8s.io', 'v1')(
    'customresourcedefinitions',
    'CustomResourceDefinition',
    { ...global, status: true, generation: true, casOnly: true, shortNames: ['crd', 'crds'] },
  ),
} as const

export const builtIn: ReadonlyArray<ServedType> = Object.values(types)

/** Answers to questions; nothing of them is stored. */
export const accessReview: ServedType = served('authorization.k8s.io', 'v1')(
  'selfsubjectaccessreviews',
  'SelfSubjectAccessReview',
  global,
)

/** Versions of one kind share their objects. */
export const storageKey = ({ group, resource }: ResourceType): string => `${group}/${resource}`
