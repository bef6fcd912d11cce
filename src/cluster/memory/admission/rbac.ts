import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject } from '../../port.js'
import { array, record } from '../kinds/json.js'
import { badRequest, type Refusal } from '../kinds/refusal.js'
import { types } from '../kinds/served-type.js'
import { serviceAccountName, type User } from '../kinds/user.js'
import type { Store } from '../registry/store.js'

const Rule = t.partial({
  verbs: t.array(t.string),
  apiGroups: t.array(t.string),
  resources: t.array(t.string),
  resourceNames: t.array(t.string),
  nonResourceURLs: t.array(t.string),
})
export type Rule = t.TypeOf<typeof Rule>

const Subject = t.intersection([
  t.type({ kind: t.string, name: t.string }),
  t.partial({ namespace: t.string }),
])
const RoleRef = t.type({ kind: t.string, name: t.string })

/** What a request wants to do, as RBAC sees it. */
export interface Attributes {
  readonly verb: string
  readonly group: string
  /** With its subresource: `pods/log`. */
  readonly resource: string
  readonly namespace: string | undefined
  /** Empty for lists and creates. */
  readonly name: string
}

const all = <A>(codec: t.Type<A, unknown>, values: unknown): ReadonlyArray<A> =>
  array(values).flatMap((value) => {
    const decoded = codec.decode(value)
    return E.isRight(decoded) ? [decoded.right] : []
  })

export const rulesOf = (role: KubeObject | undefined): ReadonlyArray<Rule> => all(Rule, role?.rules)

export const roleRefOf = (binding: KubeObject): t.TypeOf<typeof RoleRef> | undefined => {
  const decoded = RoleRef.decode(binding.roleRef)
  return E.isRight(decoded) ? decoded.right : undefined
}

/** The role that a binding names. */
export const boundRole = (store: Store, binding: KubeObject): KubeObject | undefined => {
  const ref = roleRefOf(binding)
  if (ref === undefined) return undefined
  return ref.kind === 'ClusterRole'
    ? store.get(types.clusterroles, undefined, ref.name)
    : store.get(types.roles, binding.metadata.namespace, ref.name)
}

const binds = (binding: KubeObject, user: User): boolean =>
  all(Subject, binding.subjects).some(({ kind, name, namespace = binding.metadata.namespace ?? '' }) => {
    if (kind === 'Group') return user.groups.includes(name)
    return user.name === (kind === 'ServiceAccount' ? serviceAccountName(namespace, name) : name)
  })

/** Every rule that holds for the user in the namespace; without one, in the whole cluster. */
export const rulesFor = (store: Store, user: User, namespace: string | undefined): ReadonlyArray<Rule> =>
  [
    ...store.list(types.clusterrolebindings),
    ...(namespace === undefined ? [] : store.list(types.rolebindings, namespace)),
  ]
    .filter((binding) => binds(binding, user))
    .flatMap((binding) => rulesOf(boundRole(store, binding)))

const has = (list: ReadonlyArray<string> | undefined, ...wanted: ReadonlyArray<string>): boolean =>
  list?.some((one) => one === '*' || wanted.includes(one)) === true

const allows = (rule: Rule, { verb, group, resource, name }: Attributes): boolean =>
  has(rule.verbs, verb) &&
  has(rule.apiGroups, group) &&
  has(rule.resources, resource, `*/${resource.split('/')[1]}`) &&
  ((rule.resourceNames ?? []).length === 0 || rule.resourceNames?.includes(name) === true)

export const isMaster = (user: User): boolean => user.groups.includes('system:masters')

/** Whether RBAC lets the user do it. */
export const isAllowed = (store: Store, user: User, wanted: Attributes): boolean =>
  isMaster(user) || rulesFor(store, user, wanted.namespace).some((rule) => allows(rule, wanted))

/** RBAC's refusal, in its own words. */
export const denial = (user: User, { verb, group, resource, namespace, name }: Attributes): string => {
  const scope = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`
  const [plural = ''] = resource.split('/')
  return `${group === '' ? plural : `${plural}.${group}`}${name === '' ? '' : ` "${name}"`} is forbidden: User "${user.name}" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}`
}

const ResourceAttributes = t.partial({
  verb: t.string,
  group: t.string,
  resource: t.string,
  subresource: t.string,
  namespace: t.string,
  name: t.string,
})

/** Answers `SelfSubjectAccessReview`: may this user do that? */
export const reviewAccess = (store: Store, user: User, body: unknown): E.Either<Refusal, unknown> => {
  const { spec } = record(body)
  const decoded = ResourceAttributes.decode(record(spec).resourceAttributes)
  if (E.isLeft(decoded)) return E.left(badRequest('spec.resourceAttributes is required'))
  const { verb = '', group = '', resource = '', subresource, namespace = '', name = '' } = decoded.right
  const allowed = isAllowed(store, user, {
    verb,
    group,
    resource: subresource === undefined || subresource === '' ? resource : `${resource}/${subresource}`,
    namespace: namespace === '' ? undefined : namespace,
    name,
  })
  return E.right({ ...record(body), status: { allowed, ...(allowed ? { reason: 'RBAC: allowed' } : {}) } })
}
