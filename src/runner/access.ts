import type { ResourceType } from '../cluster/port.js'
import type { Kind, Resource } from '../model/resource.js'
import { verbs } from './batch.js'
import type { Plan } from './plan.js'
import type { Place } from './prepare.js'
import { type Grant, namespaceOf, type PolicyRule } from './rbac.js'
import type { Settings } from './settings.js'
import { storageType } from './storage.js'
import {
  clusterRoleBindings,
  clusterRoles,
  configMaps,
  jobs,
  leases,
  namespaces,
  pods,
  roleBindings,
  roles,
  serviceAccounts,
} from './types.js'

/** One thing that the Runner's own credentials must be allowed to do. */
export interface Access {
  readonly verb: string
  readonly group: string
  /** With its subresource: `pods/log`. */
  readonly resource: string
  readonly namespace?: string
  readonly name?: string
}

const on = (
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

const made = ['create', 'list', 'delete'] as const

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

/** What Kubernetes asks of whoever hands out rights: to have them. */
export const grantedAccess = (grants: ReadonlyArray<Grant>): ReadonlyArray<Access> =>
  grants.flatMap(({ namespace, rules }) => rules.flatMap((rule) => ofRule(rule, namespace)))

/** `escalate` and `bind` stand in for having the rights that are handed out. */
export const escalation: ReadonlyArray<Access> = [
  ...on(clusterRoles, ['escalate', 'bind']),
  ...on(roles, ['escalate', 'bind']),
]

/** What decides on the permissions of one apply. */
export interface Need {
  readonly settings: Settings
  readonly plan: Pick<Plan, 'batch' | 'remove'>
  readonly place: Place
  readonly rollback: boolean
}

const forPod = ({ settings, plan, place: { namespace, makeNamespace } }: Need): ReadonlyArray<Access> => {
  const items = verbs.flatMap((verb) => plan.batch[verb])
  if (items.length === 0) return []
  const targets = [...new Set(items.flatMap((item) => namespaceOf(item) ?? []))]
  const provisioned =
    settings.rbac === 'provision'
      ? [
          ...on(serviceAccounts, made, namespace),
          ...on(clusterRoles, made),
          ...on(clusterRoleBindings, made),
          ...targets.flatMap((target) => [...on(roles, made, target), ...on(roleBindings, made, target)]),
        ]
      : []
  return [
    ...(makeNamespace ? on(namespaces, made) : []),
    ...on(jobs, [...made, 'get'], namespace),
    ...on(configMaps, made, namespace),
    ...on(leases, [...made, 'get'], namespace),
    ...on(pods, ['list'], namespace),
    ...on(pods, ['get'], namespace, 'log'),
    ...provisioned,
  ]
}

const kindsOf = (resources: ReadonlyArray<Resource>): ReadonlyArray<Kind> => [
  ...new Set(resources.map((item) => item.kind)),
]

/** What one apply needs beside the rights that it hands out. */
export const neededAccess = (need: Need): ReadonlyArray<Access> => {
  const { batch, remove } = need.plan
  const deleted = new Set(remove.map(({ ref }) => ref.type))
  return [
    ...forPod(need),
    ...kindsOf([...batch.create, ...batch.replace]).flatMap((kind) => on(storageType(kind), ['list'])),
    ...[...deleted].flatMap((type) => on(type, ['delete'])),
    ...(need.rollback ? kindsOf(batch.create).flatMap((kind) => on(storageType(kind), ['delete'])) : []),
    ...(need.rollback ? kindsOf(batch.replace).flatMap((kind) => on(storageType(kind), ['update'])) : []),
  ]
}

/** `create jobs.batch in shop`, `get globalnetworkpolicies.crd.projectcalico.org named default.a`. */
export const printAccess = ({ verb, group, resource, namespace, name }: Access): string =>
  `${verb} ${resource}${group === '' ? '' : `.${group}`}${namespace === undefined ? '' : ` in ${namespace}`}${name === undefined ? '' : ` named ${name}`}`
