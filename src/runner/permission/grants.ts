import { minorOf } from '../../model/calico-version.js'
import { isTiered } from '../../model/kind.js'
import type { Kind, Resource } from '../../model/resource.js'
import { namespaceOf } from '../../model/resource-id.js'
import { type Batch, verbs } from '../plan/batch.js'
import type { Calico } from '../state/calico-cluster.js'
import { tierOf } from '../state/policy-tier.js'
import { storageName, storageType } from '../state/stored-resource.js'

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

const hasTiers = ({ version }: Calico): boolean => minorOf(version) >= 29

/** Whether Calico asks for rights on tiers once more; see `tierAccess`. */
export const guardsTiers = (calico: Calico): boolean =>
  calico.group === 'projectcalico.org' && hasTiers(calico)

const tieredRule = (
  calico: Calico,
  resource: string,
  verb: string,
  policies: ReadonlyArray<Resource>,
): ReadonlyArray<PolicyRule> => {
  const tiers = unique(policies.flatMap(tierOf)).map((tier) => `${tier}.*`)
  return guardsTiers(calico) && tiers.length > 0 ? [rule(calico, `tier.${resource}`, [verb], tiers)] : []
}

const rulesOfKind = (kind: Kind, batch: Batch, calico: Calico): ReadonlyArray<PolicyRule> => {
  const { resource } = storageType(kind)
  const created = batch.create.filter((item) => item.kind === kind)
  const replaced = batch.replace.filter((item) => item.kind === kind)
  const names = unique(replaced.map((item) => storageName(item, calico.version)))
  return [
    // RBAC cannot name what does not exist yet.
    ...(created.length > 0 ? [rule(calico, resource, ['create'])] : []),
    ...(names.length > 0 ? [rule(calico, resource, ['get', 'update'], names)] : []),
    ...tieredRule(calico, resource, 'create', created),
    ...tieredRule(calico, resource, 'update', replaced),
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

/** A new pool is compared with the others, and with the blocks of addresses that are in use. */
const poolRules = ({ create }: Batch, calico: Calico): ReadonlyArray<PolicyRule> =>
  create.some(({ kind }) => kind === 'IPPool')
    ? [rule(calico, 'ippools', ['list']), rule(calico, 'ipamblocks', ['list'])]
    : []

/** Calico 3.29 and later look up the tier of each policy before they write it. */
const tierRules = (batch: Batch, calico: Calico): ReadonlyArray<PolicyRule> => {
  const looked = verbs
    .flatMap((verb) => batch[verb])
    .filter(({ kind }) => isTiered(kind) || guardsTiers(calico))
  const tiers = looked.flatMap(tierOf)
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
        ...poolRules(batch, calico),
        ...rulesOf(within(batch, undefined), calico),
      ],
    },
    ...namespaces.map((namespace) => ({ namespace, rules: rulesOf(within(batch, namespace), calico) })),
  ]
}
