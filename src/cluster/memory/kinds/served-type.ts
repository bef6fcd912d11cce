import type { ResourceType } from '../../port.js'
import * as known from '../../resource-types.js'
import type { StructuralSchema } from './structural-schema.js'

/** A kind that the API server serves, with what the server must know to treat it right. */
export interface ServedType extends ResourceType {
  /** Whether `status` is written apart from the rest, by `…/status`. */
  readonly status: boolean
  /** Whether `metadata.generation` counts changes of the spec. */
  readonly generation: boolean
  /** Whether a PUT must name the resourceVersion that it replaces. */
  readonly casOnly: boolean
  readonly shortNames: ReadonlyArray<string>
  /** What a definition says of its objects. */
  readonly schema?: StructuralSchema
}

/** Of the types of the port, what is particular to the server. */
const served = (type: ResourceType, more: Partial<ServedType> = {}): ServedType => ({
  status: false,
  generation: false,
  casOnly: false,
  shortNames: [],
  ...type,
  ...more,
})

/** The kinds that controllers and admission of the in-memory cluster know by name. */
export const types = {
  namespaces: served(known.namespaces, { status: true, shortNames: ['ns'] }),
  nodes: served(known.nodes, { status: true, shortNames: ['no'] }),
  pods: served(known.pods, { status: true, shortNames: ['po'] }),
  configmaps: served(known.configMaps, { shortNames: ['cm'] }),
  secrets: served(known.secrets),
  serviceaccounts: served(known.serviceAccounts, { shortNames: ['sa'] }),
  services: served(known.services, { status: true, shortNames: ['svc'] }),
  endpoints: served(known.endpoints, { shortNames: ['ep'] }),
  endpointslices: served(known.endpointSlices),
  events: served(known.events, { shortNames: ['ev'] }),
  resourcequotas: served(known.resourceQuotas, { status: true, shortNames: ['quota'] }),
  jobs: served(known.jobs, { status: true, generation: true }),
  leases: served(known.leases, { casOnly: true }),
  networkpolicies: served(known.kubernetesPolicies, { generation: true, shortNames: ['netpol'] }),
  roles: served(known.roles),
  rolebindings: served(known.roleBindings),
  clusterroles: served(known.clusterRoles),
  clusterrolebindings: served(known.clusterRoleBindings),
  customresourcedefinitions: served(known.customResourceDefinitions, {
    status: true,
    generation: true,
    casOnly: true,
    shortNames: ['crd', 'crds'],
  }),
} as const

export const builtIn: ReadonlyArray<ServedType> = Object.values(types)

/** Answers to questions; nothing of them is stored. */
export const accessReview: ServedType = served(known.accessReviews)

/** Versions of one kind share their objects. */
export const storageKey = ({ group, resource }: ResourceType): string => `${group}/${resource}`
