import type { Resource } from '../../model/resource.js'
import { addressValue, networkInterval } from '../../net/cidr.js'
import { covers, type Interval } from '../../net/interval.js'
import type { Labels } from '../../selector/ast.js'
import { type Endpoint, effectiveLabels, type Workload } from './flow.js'

/** Labelled networks, which selectors of rules select too. */
export interface LabelledNetworks {
  readonly labels: Labels
  readonly nets: ReadonlyArray<Interval<bigint>>
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
    const nets = (resource.spec.nets ?? []).flatMap((net) => networkInterval(net) ?? [])
    return [{ labels: { ...labels, ...own }, nets }]
  })

/** An endpoint, with what rules look at worked out once. */
export interface Known<E extends Endpoint = Endpoint> {
  readonly endpoint: E
  /** Where its address lies, if it is given. */
  readonly place: bigint | undefined
  /** A pod's own, which policies select it by. */
  readonly own: Labels
  /** What selectors of rules find it by: its own labels, and those of each labelled network that it is in. */
  readonly labels: ReadonlyArray<Labels>
  /** Those of networks that it may be in, where its address is not known. */
  readonly perhaps: ReadonlyArray<Labels>
}

export interface Ends {
  readonly from: Known
  readonly to: Known
}

/** **Source**: `felix/labelindex`: a selector's IP set has the addresses of pods and of network sets alike. */
export const know = <E extends Endpoint>(endpoint: E, sets: ReadonlyArray<LabelledNetworks>): Known<E> => {
  const place = endpoint.ip === undefined ? undefined : addressValue(endpoint.ip)
  const own = endpoint._tag === 'Workload' ? effectiveLabels(endpoint) : {}
  const containing = sets.filter(({ nets }) => place !== undefined && covers(nets, place))
  return {
    endpoint,
    place,
    own,
    labels: [...(endpoint._tag === 'Workload' ? [own] : []), ...containing.map(({ labels }) => labels)],
    perhaps: place === undefined ? sets.map(({ labels }) => labels) : [],
  }
}

export const isPod = (known: Known): known is Known<Workload> => known.endpoint._tag === 'Workload'
