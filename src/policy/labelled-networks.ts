import type { Resource } from '../model/resource.js'
import type { Labels } from '../selector/ast.js'
import { networkSpan } from './network.js'
import type { Span } from './span.js'

/** Labelled networks, which selectors of rules select too. */
export interface LabelledNetworks {
  readonly labels: Labels
  readonly nets: ReadonlyArray<Span<bigint>>
}

/** What a set has of its namespace; the namespace's own labels, which it has as well, are not known. */
const ofNamespace = (namespace: string): Labels => ({
  'projectcalico.org/namespace': namespace,
  'pcns.projectcalico.org/name': namespace,
  'pcns.kubernetes.io/metadata.name': namespace,
})

export const labelledNetworks = (resources: ReadonlyArray<Resource>): ReadonlyArray<LabelledNetworks> =>
  resources.flatMap((resource) => {
    if (resource.kind !== 'NetworkSet' && resource.kind !== 'GlobalNetworkSet') return []
    const { labels = {}, namespace = 'default' } = resource.metadata
    const own = resource.kind === 'NetworkSet' ? ofNamespace(namespace) : {}
    const nets = (resource.spec.nets ?? []).flatMap((net) => networkSpan(net) ?? [])
    return [{ labels: { ...labels, ...own }, nets }]
  })
