import type { Extension } from '../../cluster/memory.js'
import type { KubeObject } from '../../cluster/port.js'
import { isTiered } from '../../model/kind.js'
import { inTier, tierOf } from './tier.js'

type Fields = Readonly<Record<string, unknown>>

const staged = 'StagedKubernetesNetworkPolicy'

/** By which rules are given, if only as an empty list. Kubernetes' own kind always has ingress. */
const typesOf = (kind: string, { ingress, egress }: Fields): ReadonlyArray<string> => [
  ...(ingress !== undefined || egress === undefined || kind === staged ? ['Ingress'] : []),
  ...(egress === undefined ? [] : ['Egress']),
]

/** **Source**: `api/admission/networkpolicy.mutatingadmissionpolicy.yaml`. */
const withTypes = (object: KubeObject): KubeObject => {
  const spec: Fields = Object(object.spec)
  if (spec.types !== undefined || spec.policyTypes !== undefined) return object
  const field = object.kind === staged ? 'policyTypes' : 'types'
  return { ...object, spec: { ...spec, [field]: typesOf(object.kind, spec) } }
}

const isPolicy = ({ group }: { readonly group: string }, kind: string): boolean =>
  group === 'projectcalico.org' && (isTiered(kind) || kind === staged)

/**
 * What Calico's native mode adds to a cluster's admission: policies get their types, their tier and its label; their
 * tier must be there; and who writes or deletes one is asked for rights on its tier.
 * **Source**: `api/admission`, `webhooks/pkg/rbac/rbac.go`.
 */
export const nativeAdmission: Pick<Extension, 'fill' | 'guard'> = {
  fill: (type, object) => {
    if (!isPolicy(type, object.kind)) return object
    return isTiered(object.kind) ? inTier(withTypes(object)) : withTypes(object)
  },
  guard: ({ name: user, may, stored }, verb, type, object) => {
    const { group, resource, kind } = type
    if (!isPolicy(type, kind)) return undefined
    const { name, namespace } = object.metadata
    const denied = (why: string): string =>
      `admission webhook "tiered-rbac.projectcalico.org" denied the request: ${why}`

    const unauthorized = (tier: string): string | undefined => {
      const mayGet = may({ verb: 'get', group, resource: 'tiers', namespace: undefined, name: tier })
      const mayWrite = [name, `${tier}.*`].some((named) =>
        may({ verb, group, resource: `tier.${resource}`, namespace, name: named }),
      )
      if (mayGet && mayWrite) return undefined
      const where = namespace === undefined ? '' : ` and namespace "${namespace}"`
      const why = mayGet ? '' : ' (user cannot get tier)'
      return `${resource}.${group} "${name}" is forbidden: User "${user}" cannot ${verb} ${resource}.${group} in tier "${tier}"${where}${why}`
    }

    const tier = tierOf(object)
    const refusal = unauthorized(tier)
    if (refusal !== undefined) return denied(`Authorization failed: ${refusal}`)
    if (verb === 'delete') return undefined
    const found = stored({ ...type, resource: 'tiers', kind: 'Tier', namespaced: false }, undefined, tier)
    if (found === undefined) return denied(`Tier "${tier}" does not exist`)
    if (found.metadata.deletionTimestamp !== undefined) return denied(`Tier "${tier}" is being deleted`)
    const old = verb === 'update' ? stored(type, namespace, name) : undefined
    const former = old === undefined || tierOf(old) === tier ? undefined : unauthorized(tierOf(old))
    return former === undefined ? undefined : denied(`Authorization failed for old tier: ${former}`)
  },
}
