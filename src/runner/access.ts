import type { ResourceType } from '../cluster/port.js'
import type { Kind, Resource } from '../model/resource.js'
import type { Calico } from './calico.js'
import type { Grant, PolicyRule } from './grant.js'
import type { Plan } from './plan.js'
import { storageType } from './storage.js'
import { clusterRoles, roles } from './types.js'

/** One thing that the Runner's own credentials must be allowed to do. */
export interface Access {
  readonly verb: string
  readonly group: string
  /** With its subresource: `pods/log`. */
  readonly resource: string
  readonly namespace?: string
  readonly name?: string
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

/** What Kubernetes asks of whoever hands out rights: to have them. */
export const grantedAccess = (grants: ReadonlyArray<Grant>): ReadonlyArray<Access> =>
  grants.flatMap(({ namespace, rules }) => rules.flatMap((rule) => ofRule(rule, namespace)))

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

const kindsOf = (resources: ReadonlyArray<Resource>): ReadonlyArray<Kind> => [
  ...new Set(resources.map((item) => item.kind)),
]

/** What one apply needs beside the rights that it hands out. */
export const neededAccess = (need: Need): ReadonlyArray<Access> => {
  const { group } = need.calico
  const { batch, remove } = need.plan
  const deleted = new Set(remove.map(({ ref }) => ref.type))
  return [
    ...need.access,
    ...kindsOf([...batch.create, ...batch.replace]).flatMap((kind) =>
      accessTo(storageType(kind, group), ['list']),
    ),
    ...[...deleted].flatMap((type) => accessTo(type, ['delete'])),
    ...(need.rollback
      ? kindsOf(batch.create).flatMap((kind) => accessTo(storageType(kind, group), ['delete']))
      : []),
    ...(need.rollback
      ? kindsOf(batch.replace).flatMap((kind) => accessTo(storageType(kind, group), ['update']))
      : []),
  ]
}

/** `create jobs.batch in shop`, `get globalnetworkpolicies.crd.projectcalico.org named default.a`. */
export const printAccess = ({ verb, group, resource, namespace, name }: Access): string =>
  `${verb} ${resource}${group === '' ? '' : `.${group}`}${namespace === undefined ? '' : ` in ${namespace}`}${name === undefined ? '' : ` named ${name}`}`
