import type { KubeObject, ResourceType } from '../../cluster/port.js'
import { clusterRoles, roles } from '../../cluster/resource-types.js'
import type { Kind, Resource } from '../../model/resource.js'
import type { Batch } from '../plan/batch.js'
import type { Plan } from '../plan/plan.js'
import type { Calico } from '../state/calico-cluster.js'
import { tierOf } from '../state/policy-tier.js'
import { storageType } from '../state/stored-resource.js'
import { type Grant, grantsFor, guardsTiers, type PolicyRule } from './grants.js'

/** One thing that the Runner's own credentials must be allowed to do. */
export interface Access {
  readonly verb: string
  readonly group: string
  /** With its subresource: `pods/log`. */
  readonly resource: string
  readonly namespace?: string
  readonly name?: string
  /** Another name that does as well. */
  readonly orName?: string
}

/** The verbs on a type: everywhere, or in one namespace. */
export const accessTo = (
  type: ResourceType,
  accessVerbs: ReadonlyArray<string>,
  namespace?: string,
  subresource?: string,
): ReadonlyArray<Access> =>
  accessVerbs.map((verb) => ({
    verb,
    group: type.group,
    resource: subresource === undefined ? type.resource : `${type.resource}/${subresource}`,
    ...(namespace === undefined ? {} : { namespace }),
  }))

const ofRule = (rule: PolicyRule, namespace: string | undefined): ReadonlyArray<Access> =>
  rule.apiGroups.flatMap((group) =>
    rule.resources.flatMap((resource) =>
      rule.verbs.flatMap((verb) =>
        (rule.resourceNames ?? [undefined]).map((name) => ({
          verb,
          group,
          resource,
          ...(namespace === undefined ? {} : { namespace }),
          ...(name === undefined ? {} : { name }),
        })),
      ),
    ),
  )

/**
 * What Calico itself asks of whoever writes or deletes policies through `projectcalico.org`: to get the tier, and the same
 * verb on `tier.<resource>`, named `<tier>.*` or as the policy.
 *
 * **Source**: `apiserver/pkg/registry/projectcalico/authorizer/authorizer.go`; in native mode `webhooks/pkg/rbac/rbac.go`.
 */
const tierAccess = (
  calico: Calico,
  verb: string,
  policies: ReadonlyArray<KubeObject>,
): ReadonlyArray<Access> => {
  const { group } = calico
  const ofPolicy = (policy: KubeObject) =>
    tierOf(policy).flatMap((tier): ReadonlyArray<Access> => {
      const { name, namespace } = policy.metadata
      const { resource } = storageType(policy.kind as Kind)
      const home = namespace === undefined ? {} : { namespace }
      const other = verb === 'create' ? {} : { orName: name }
      return [
        { verb: 'get', group, resource: 'tiers', name: tier },
        { verb, group, resource: `tier.${resource}`, ...home, name: `${tier}.*`, ...other },
      ]
    })
  return guardsTiers(calico) ? policies.flatMap(ofPolicy) : []
}

/** What Kubernetes asks of whoever hands out rights: to have them. */
export const grantedAccess = (grants: ReadonlyArray<Grant>): ReadonlyArray<Access> =>
  grants.flatMap(({ namespace, rules }) => rules.flatMap((rule) => ofRule(rule, namespace)))

/** What calicoctl needs of credentials that are not made for the batch. */
export const writingAccess = (batch: Batch, calico: Calico): ReadonlyArray<Access> => [
  ...grantedAccess(grantsFor(batch, calico)).filter(({ resource }) => !resource.startsWith('tier.')),
  ...tierAccess(calico, 'create', objectsOf(batch.create)),
  ...tierAccess(calico, 'update', objectsOf(batch.replace)),
]

/** `escalate` and `bind` stand in for having the rights that are handed out. */
export const escalation: ReadonlyArray<Access> = [
  ...accessTo(clusterRoles, ['escalate', 'bind']),
  ...accessTo(roles, ['escalate', 'bind']),
]

/** What decides on the permissions of one apply. */
export interface Need {
  readonly calico: Calico
  readonly plan: Pick<Plan, 'batch' | 'remove'>
  /** What the writing needs. */
  readonly access: ReadonlyArray<Access>
  /** What it hands out. */
  readonly grants: ReadonlyArray<Grant>
  readonly rollback: boolean
}

const objectsOf = (resources: ReadonlyArray<Resource>) =>
  resources as ReadonlyArray<object> as ReadonlyArray<KubeObject>

const kindsOf = (resources: ReadonlyArray<Resource>): ReadonlyArray<Kind> => [
  ...new Set(resources.map((item) => item.kind)),
]

/** What one apply needs beside the rights that it hands out. */
export const neededAccess = (need: Need): ReadonlyArray<Access> => {
  const { calico, plan } = need
  const { group } = calico
  const { batch, remove } = plan
  const deleted = new Set(remove.map(({ ref }) => ref.type))
  return [
    ...need.access,
    ...kindsOf([...batch.create, ...batch.replace]).flatMap((kind) =>
      accessTo(storageType(kind, group), ['list']),
    ),
    ...[...deleted].flatMap((type) => accessTo(type, ['delete'])),
    ...tierAccess(
      calico,
      'delete',
      remove.map(({ object }) => object),
    ),
    ...(need.rollback
      ? [
          ...kindsOf(batch.create).flatMap((kind) => accessTo(storageType(kind, group), ['delete'])),
          ...tierAccess(calico, 'delete', objectsOf(batch.create)),
          ...kindsOf(batch.replace).flatMap((kind) => accessTo(storageType(kind, group), ['update'])),
          ...tierAccess(calico, 'update', objectsOf(batch.replace)),
        ]
      : []),
  ]
}

/** `create jobs.batch in shop`, `get globalnetworkpolicies.crd.projectcalico.org named default.a`. */
export const printAccess = ({ verb, group, resource, namespace, name }: Access): string =>
  `${verb} ${resource}${group === '' ? '' : `.${group}`}${namespace === undefined ? '' : ` in ${namespace}`}${name === undefined ? '' : ` named ${name}`}`
