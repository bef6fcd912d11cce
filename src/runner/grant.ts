import type { Kind, Resource } from '../model/resource.js'
import { minorOf } from '../model/storage.js'
import { type Batch, verbs } from './batch.js'
import type { Calico } from './calico.js'
import { namespaceOf, storageName, storageType, tieredKinds } from './storage.js'

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

const unique = (names: Iterable<string>): ReadonlyArray<string> => [...new Set(names)].sort()

const rule = (
  { group }: Calico,
  resource: string,
  ruleVerbs: ReadonlyArray<string>,
  resourceNames?: ReadonlyArray<string>,
): PolicyRule => ({
  apiGroups: [group],
  resources: [resource],
  verbs: ruleVerbs,
  ...(resourceNames === undefined ? {} : { resourceNames }),
})

/** The tier of a policy; none of what is no policy. */
const tierOf = ({ kind, spec }: Resource): ReadonlyArray<string> => {
  if (!tieredKinds.includes(kind)) return []
  const fields: object = spec
  return 'tier' in fields && typeof fields.tier === 'string' ? [fields.tier] : ['default']
}

const hasTiers = ({ version }: Calico): boolean => minorOf(version) >= 29

/**
 * Behind `projectcalico.org`, Calico asks once more for the same verb on `tier.<resource>`: named as the policy, or
 * `<tier>.*` for all of a tier. **Source**: `apiserver/pkg/registry/projectcalico/authorizer/authorizer.go`.
 */
const tieredRules = (
  calico: Calico,
  resource: string,
  created: ReadonlyArray<Resource>,
  replaced: ReadonlyArray<string>,
): ReadonlyArray<PolicyRule> => {
  if (calico.group !== 'projectcalico.org' || !hasTiers(calico)) return []
  const tiers = unique(created.flatMap(tierOf)).map((tier) => `${tier}.*`)
  return [
    ...(tiers.length > 0 ? [rule(calico, `tier.${resource}`, ['create'], tiers)] : []),
    ...(replaced.length > 0 ? [rule(calico, `tier.${resource}`, ['update'], replaced)] : []),
  ]
}

const rulesOfKind = (kind: Kind, batch: Batch, calico: Calico): ReadonlyArray<PolicyRule> => {
  const { resource } = storageType(kind)
  const created = batch.create.filter((item) => item.kind === kind)
  const replaced = unique(
    batch.replace.filter((item) => item.kind === kind).map((item) => storageName(item, calico.version)),
  )
  return [
    // RBAC cannot name what does not exist yet.
    ...(created.length > 0 ? [rule(calico, resource, ['create'])] : []),
    ...(replaced.length > 0 ? [rule(calico, resource, ['get', 'update'], replaced)] : []),
    ...(tieredKinds.includes(kind) ? tieredRules(calico, resource, created, replaced) : []),
  ]
}

const rulesOf = (batch: Batch, calico: Calico): ReadonlyArray<PolicyRule> => {
  const kinds = unique([...batch.create, ...batch.replace].map((item) => item.kind)) as ReadonlyArray<Kind>
  return kinds.flatMap((kind) => rulesOfKind(kind, batch, calico))
}

const within = (batch: Batch, namespace: string | undefined): Batch => {
  const inside = (resources: ReadonlyArray<Resource>) =>
    resources.filter((item) => namespaceOf(item) === namespace)
  return { create: inside(batch.create), replace: inside(batch.replace) }
}

/** Calico 3.29 and later look up the tier of each policy before they write it. */
const tierRules = (batch: Batch, calico: Calico): ReadonlyArray<PolicyRule> => {
  const tiers = verbs.flatMap((verb) => batch[verb]).flatMap(tierOf)
  return hasTiers(calico) && tiers.length > 0 ? [rule(calico, 'tiers', ['get'], unique(tiers))] : []
}

/**
 * The least that calicoctl needs for the batch: its version check, `create` of the kinds to create, `get` and
 * `update` of the very objects to replace; in their own namespaces where they have one.
 */
export const grantsFor = (batch: Batch, calico: Calico): ReadonlyArray<Grant> => {
  const namespaces = unique(verbs.flatMap((verb) => batch[verb]).flatMap((item) => namespaceOf(item) ?? []))
  return [
    {
      rules: [
        rule(calico, 'clusterinformations', ['get'], ['default']),
        ...tierRules(batch, calico),
        ...rulesOf(within(batch, undefined), calico),
      ],
    },
    ...namespaces.map((namespace) => ({ namespace, rules: rulesOf(within(batch, namespace), calico) })),
  ]
}
