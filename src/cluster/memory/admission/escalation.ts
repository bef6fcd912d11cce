import type { KubeObject, ResourceType } from '../../port.js'
import { forbidden, notFound, type Refusal } from '../kinds/refusal.js'
import { storageKey, types } from '../kinds/served-type.js'
import type { User } from '../kinds/user.js'
import type { Store } from '../registry/store.js'
import { boundRole, isAllowed, isMaster, type Rule, roleRefOf, rulesFor, rulesOf } from './rbac.js'

/** A rule taken apart into rules of one verb, group, resource and name each. */
const atoms = ({
  verbs = [],
  apiGroups = [],
  resources = [],
  resourceNames = [],
}: Rule): ReadonlyArray<Rule> =>
  verbs.flatMap((verb) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) => {
        const atom = { verbs: [verb], apiGroups: [group], resources: [resource] }
        return resourceNames.length === 0
          ? [atom]
          : resourceNames.map((name) => ({ ...atom, resourceNames: [name] }))
      }),
    ),
  )

const includes = (
  owned: ReadonlyArray<string> | undefined,
  wanted: ReadonlyArray<string> | undefined,
): boolean => wanted?.every((one) => owned?.includes('*') === true || owned?.includes(one) === true) === true

const covers = (owned: Rule, wanted: Rule): boolean =>
  includes(owned.verbs, wanted.verbs) &&
  includes(owned.apiGroups, wanted.apiGroups) &&
  includes(owned.resources, wanted.resources) &&
  ((owned.resourceNames ?? []).length === 0 ||
    ((wanted.resourceNames ?? []).length > 0 &&
      wanted.resourceNames?.every((name) => owned.resourceNames?.includes(name)) === true))

const printRule = ({ apiGroups, resources, resourceNames, verbs }: Rule): string => {
  const list = (name: string, values: ReadonlyArray<string> | undefined): string =>
    values === undefined ? '' : `${name}:[${values.map((value) => JSON.stringify(value)).join(' ')}]`
  const parts = [
    list('APIGroups', apiGroups),
    list('Resources', resources),
    list('ResourceNames', resourceNames),
    list('Verbs', verbs),
  ]
  return `{${parts.filter((part) => part !== '').join(', ')}}`
}

const isRole = (type: ResourceType): boolean =>
  [types.roles, types.clusterroles].some((one) => storageKey(one) === storageKey(type))

const isBinding = (type: ResourceType): boolean =>
  [types.rolebindings, types.clusterrolebindings].some((one) => storageKey(one) === storageKey(type))

/**
 * Kubernetes' escalation check: nobody hands out rights that they do not have, unless they may `escalate` (roles) or
 * `bind` (bindings).
 */
export const checkEscalation = (
  store: Store,
  user: User,
  type: ResourceType,
  object: KubeObject,
): Refusal | undefined => {
  if (isMaster(user) || !(isRole(type) || isBinding(type))) return undefined
  const { name, namespace } = object.metadata
  const { resource: bound, name: target } = isRole(type)
    ? { resource: type.resource, name }
    : {
        resource: roleRefOf(object)?.kind === 'ClusterRole' ? 'clusterroles' : 'roles',
        name: roleRefOf(object)?.name ?? '',
      }
  const verb = isRole(type) ? 'escalate' : 'bind'
  if (isAllowed(store, user, { verb, group: type.group, resource: bound, namespace, name: target }))
    return undefined

  const role = isRole(type) ? object : boundRole(store, object)
  if (role === undefined) return notFound(bound === 'roles' ? types.roles : types.clusterroles, target)
  const owned = rulesFor(store, user, namespace)
  const missing = rulesOf(role)
    .flatMap(atoms)
    .filter((atom) => !owned.some((rule) => covers(rule, atom)))
  if (missing.length === 0) return undefined
  const groups = user.groups.map((group) => JSON.stringify(group)).join(' ')
  const why = `user "${user.name}" (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:`
  return forbidden(type, name, [why, ...missing.map(printRule)].join('\n'))
}
