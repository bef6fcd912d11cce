import type { ResourceType } from '../cluster/port.js'
import type { Kind } from '../model/resource.js'
import type { Batch } from './batch.js'
import { verbs } from './batch.js'
import { type Grant, namespaceOf, type PolicyRule } from './rbac.js'
import type { Settings } from './settings.js'
import { storageType } from './storage.js'
import {
  clusterRoleBindings,
  clusterRoles,
  configMaps,
  jobs,
  leases,
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

/** What one apply of the batch needs beside the rights that it hands out. */
export const neededAccess = (batch: Batch, settings: Settings, namespace: string): ReadonlyArray<Access> => {
  const targets = new Set(verbs.flatMap((verb) => batch[verb]).flatMap((item) => namespaceOf(item) ?? []))
  const kinds = new Set<Kind>(verbs.flatMap((verb) => batch[verb]).map((item) => item.kind))
  const provisioned =
    settings.rbac === 'provision'
      ? [
          ...on(serviceAccounts, made, namespace),
          ...on(clusterRoles, made),
          ...on(clusterRoleBindings, made),
          ...[...targets].flatMap((target) => [
            ...on(roles, made, target),
            ...on(roleBindings, made, target),
          ]),
        ]
      : []
  return [
    ...on(jobs, [...made, 'get'], namespace),
    ...on(configMaps, made, namespace),
    ...on(leases, [...made, 'get'], namespace),
    ...on(pods, ['list'], namespace),
    ...on(pods, ['get'], namespace, 'log'),
    ...[...kinds].flatMap((kind) => on(storageType(kind), ['list'])),
    ...provisioned,
  ]
}

/** `create jobs.batch in shop`, `get globalnetworkpolicies.crd.projectcalico.org named default.a`. */
export const printAccess = ({ verb, group, resource, namespace, name }: Access): string =>
  `${verb} ${resource}${group === '' ? '' : `.${group}`}${namespace === undefined ? '' : ` in ${namespace}`}${name === undefined ? '' : ` named ${name}`}`
