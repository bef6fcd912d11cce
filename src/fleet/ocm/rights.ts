import type { KubeObject } from '../../cluster/port.js'
import {
  apiVersionOf,
  clusterRoleBindings,
  clusterRoles,
  roleBindings,
  roles,
  serviceAccounts,
} from '../../cluster/resource-types.js'
import type { Grant, PolicyRule } from '../../runner/permission/grants.js'

/** A service account on the managed cluster. */
export interface Account {
  readonly name: string
  readonly namespace: string
}

const rulesByPlace = (
  grants: ReadonlyArray<Grant>,
): ReadonlyMap<string | undefined, ReadonlyArray<PolicyRule>> => {
  const all = new Map<string | undefined, ReadonlyArray<PolicyRule>>()
  for (const { namespace, rules } of grants) {
    const joined = [...(all.get(namespace) ?? []), ...rules]
    if (joined.length > 0) all.set(namespace, joined)
  }
  return all
}

/** The account, and roles and bindings that give it these rights and no others. */
export const accountWith = (account: Account, grants: ReadonlyArray<Grant>): ReadonlyArray<KubeObject> => {
  const { name } = account
  const subjects = [{ kind: 'ServiceAccount', ...account }]
  const bound = [...rulesByPlace(grants)].flatMap(([namespace, rules]): ReadonlyArray<KubeObject> => {
    const [role, binding] =
      namespace === undefined ? [clusterRoles, clusterRoleBindings] : [roles, roleBindings]
    const metadata = { name, ...(namespace === undefined ? {} : { namespace }) }
    const roleRef = { apiGroup: role.group, kind: role.kind, name }
    return [
      { apiVersion: apiVersionOf(role), kind: role.kind, metadata, rules },
      { apiVersion: apiVersionOf(binding), kind: binding.kind, metadata, roleRef, subjects },
    ]
  })
  const own = {
    apiVersion: apiVersionOf(serviceAccounts),
    kind: serviceAccounts.kind,
    metadata: { ...account },
    automountServiceAccountToken: false,
  }
  return [own, ...bound]
}

const unique = (names: Iterable<string>): ReadonlyArray<string> => [...new Set(names)]

/** What the work agent asks for the objects that it applies for an executor: not all of it can be limited to names. */
export const applyingRights = (
  objects: ReadonlyArray<{
    readonly group: string
    readonly resource: string
    readonly namespace?: string | undefined
    readonly name: string
  }>,
): ReadonlyArray<Grant> => {
  const places = unique(objects.map(({ namespace = '' }) => namespace))
  return places.map((place) => {
    const here = objects.filter(({ namespace = '' }) => namespace === place)
    const types = unique(here.map(({ group, resource }) => `${resource}.${group}`))
    const rules = types.flatMap((type): ReadonlyArray<PolicyRule> => {
      const [resource = '', ...group] = type.split('.')
      const names = here.filter((it) => `${it.resource}.${it.group}` === type).map(({ name }) => name)
      const rule = { apiGroups: [group.join('.')], resources: [resource] }
      return [
        { ...rule, verbs: ['create', 'list'] },
        { ...rule, verbs: ['get', 'update', 'patch', 'delete'], resourceNames: unique(names) },
      ]
    })
    return place === '' ? { rules } : { namespace: place, rules }
  })
}
