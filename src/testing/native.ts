import type { Extension } from '../cluster/memory.js'
import { isTiered } from '../model/kind.js'
import { inTier, tierOf } from './tier.js'

type Fields = Readonly<Record<string, unknown>>

const typesOf = ({ types, ingress, egress }: Fields): unknown =>
  types ?? [
    ...(ingress !== undefined || egress === undefined ? ['Ingress'] : []),
    ...(egress === undefined ? [] : ['Egress']),
  ]

/**
 * What Calico's native mode adds to a cluster: policies get their tier and its label, and who writes or deletes one is
 * asked for rights on its tier. **Source**: `api/admission`, `webhooks/pkg/rbac/rbac.go`.
 */
export const nativeMode: Extension = {
  fill: ({ group }, object) => {
    if (group !== 'projectcalico.org' || !isTiered(object.kind)) return object
    const types = typesOf(Object(object.spec))
    return inTier({ ...object, spec: { ...Object(object.spec), types } })
  },
  guard: ({ name: user, may }, verb, { group, resource, kind }, object) => {
    if (group !== 'projectcalico.org' || !isTiered(kind)) return undefined
    const { name, namespace } = object.metadata
    const tier = tierOf(object)
    const mayGet = may({ verb: 'get', group, resource: 'tiers', namespace: undefined, name: tier })
    const mayWrite = [name, `${tier}.*`].some((named) =>
      may({ verb, group, resource: `tier.${resource}`, namespace, name: named }),
    )
    if (mayGet && mayWrite) return undefined
    const where = namespace === undefined ? '' : ` and namespace "${namespace}"`
    const why = mayGet ? '' : ' (user cannot get tier)'
    return `admission webhook "tiered-rbac.projectcalico.org" denied the request: Authorization failed: ${resource}.${group} "${name}" is forbidden: User "${user}" cannot ${verb} ${resource}.${group} in tier "${tier}"${where}${why}`
  },
}
