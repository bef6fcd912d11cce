import type { KubeObject, OwnerReference, ResourceType } from '../cluster/port.js'
import type { Kind, Resource } from '../model/resource.js'
import { type Batch, verbs } from './batch.js'
import { marks, runLabel } from './ownership.js'
import { storageName, storageType } from './storage.js'
import { apiVersionOf, clusterRoleBindings, clusterRoles, roleBindings, roles } from './types.js'

/** As in Kubernetes' RBAC. */
export interface PolicyRule {
  readonly apiGroups: ReadonlyArray<string>
  readonly resources: ReadonlyArray<string>
  readonly verbs: ReadonlyArray<string>
  readonly resourceNames?: ReadonlyArray<string>
}

/** Rules for one namespace, or for the cluster where there is none. */
export interface Grant {
  readonly namespace?: string
  readonly rules: ReadonlyArray<PolicyRule>
}

const group = 'crd.projectcalico.org'

const unique = (names: Iterable<string>): ReadonlyArray<string> => [...new Set(names)].sort()

const rule = (
  resource: string,
  ruleVerbs: ReadonlyArray<string>,
  resourceNames?: ReadonlyArray<string>,
): PolicyRule => ({
  apiGroups: [group],
  resources: [resource],
  verbs: ruleVerbs,
  ...(resourceNames === undefined ? {} : { resourceNames }),
})

const rulesOfKind = (kind: Kind, batch: Batch, calico: string): ReadonlyArray<PolicyRule> => {
  const { resource } = storageType(kind)
  const replaced = batch.replace.filter((item) => item.kind === kind).map((item) => storageName(item, calico))
  return [
    // RBAC cannot name what does not exist yet.
    ...(batch.create.some((item) => item.kind === kind) ? [rule(resource, ['create'])] : []),
    ...(replaced.length > 0 ? [rule(resource, ['get', 'update'], unique(replaced))] : []),
  ]
}

const rulesOf = (batch: Batch, calico: string): ReadonlyArray<PolicyRule> => {
  const kinds = unique([...batch.create, ...batch.replace].map((item) => item.kind)) as ReadonlyArray<Kind>
  return kinds.flatMap((kind) => rulesOfKind(kind, batch, calico))
}

const within = (batch: Batch, namespace: string | undefined): Batch => {
  const inside = (resources: ReadonlyArray<Resource>) =>
    resources.filter((item) => namespaceOf(item) === namespace)
  return { create: inside(batch.create), replace: inside(batch.replace) }
}

export const namespaceOf = (resource: Resource): string | undefined =>
  'namespace' in resource.metadata ? resource.metadata.namespace : undefined

/** Calico 3.29 and later look up the tier of each policy before they write it. */
const tierRules = (batch: Batch, calico: string): ReadonlyArray<PolicyRule> => {
  if (Number(calico.split('.')[1]) < 29) return []
  const tiers = verbs
    .flatMap((verb) => batch[verb])
    .flatMap((item) => {
      const spec: object = item.spec
      if (!item.kind.endsWith('Policy')) return []
      return 'tier' in spec && typeof spec.tier === 'string' ? [spec.tier] : ['default']
    })
  return tiers.length === 0 ? [] : [rule('tiers', ['get'], unique(tiers))]
}

/**
 * The least that calicoctl needs for the batch: its version check, `create` of the kinds to create, `get` and
 * `update` of the very objects to replace; in their own namespaces where they have one.
 */
export const grantsFor = (batch: Batch, calico: string): ReadonlyArray<Grant> => {
  const namespaces = unique(verbs.flatMap((verb) => batch[verb]).flatMap((item) => namespaceOf(item) ?? []))
  return [
    {
      rules: [
        rule('clusterinformations', ['get'], ['default']),
        ...tierRules(batch, calico),
        ...rulesOf(within(batch, undefined), calico),
      ],
    },
    ...namespaces.map((namespace) => ({ namespace, rules: rulesOf(within(batch, namespace), calico) })),
  ]
}

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
  const { labels, annotations } = marks(subject.owner, identity)
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
