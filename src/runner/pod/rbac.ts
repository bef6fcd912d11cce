import type { KubeObject, OwnerReference, ResourceType } from '../../cluster/port.js'
import {
  apiVersionOf,
  clusterRoleBindings,
  clusterRoles,
  roleBindings,
  roles,
} from '../../cluster/resource-types.js'
import type { Grant } from '../permission/grants.js'
import { ownerLabels, runLabel } from '../state/owner-labels.js'

interface Subject {
  readonly owner: string
  readonly run: string
  /** Of the role, its binding and the service account. */
  readonly name: string
  /** The service account's. */
  readonly namespace: string
}

const metadata = (subject: Subject, kind: string, namespace: string | undefined, anchor?: OwnerReference) => {
  const identity = { kind, name: subject.name, ...(namespace === undefined ? {} : { namespace }) }
  const { labels, annotations } = ownerLabels(subject.owner, identity)
  return {
    name: subject.name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: { ...labels, [runLabel]: subject.run, 'app.kubernetes.io/managed-by': 'typed-calico' },
    annotations,
    ...(anchor === undefined ? {} : { ownerReferences: [anchor] }),
  }
}

/** An object to create, with the type it is created as. */
export interface Piece {
  readonly type: ResourceType
  readonly object: KubeObject
}

const types = (grant: Grant) =>
  grant.namespace === undefined
    ? ([clusterRoles, clusterRoleBindings] as const)
    : ([roles, roleBindings] as const)

/**
 * The role that holds a grant. The cluster's role is the anchor: it owns its binding and the roles in the
 * namespaces, so that deleting it removes them all. (A Job cannot own them: it is namespaced.)
 */
export const role = (subject: Subject, grant: Grant, anchor?: OwnerReference): Piece => {
  const [type] = types(grant)
  return {
    type,
    object: {
      apiVersion: apiVersionOf(type),
      kind: type.kind,
      metadata: metadata(subject, type.kind, grant.namespace, anchor),
      rules: grant.rules,
    },
  }
}

export const binding = (subject: Subject, grant: Grant, anchor: OwnerReference): Piece => {
  const [roleType, type] = types(grant)
  return {
    type,
    object: {
      apiVersion: apiVersionOf(type),
      kind: type.kind,
      metadata: metadata(subject, type.kind, grant.namespace, anchor),
      roleRef: { apiGroup: roleType.group, kind: roleType.kind, name: subject.name },
      subjects: [{ kind: 'ServiceAccount', name: subject.name, namespace: subject.namespace }],
    },
  }
}
