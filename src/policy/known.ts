import type { Labels } from '../selector/ast.js'
import { type Endpoint, effectiveLabels, type Workload } from './endpoint.js'
import type { LabelledNetworks } from './labelled-networks.js'
import { addressPlace } from './network.js'
import { covers } from './span.js'

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
  const place = endpoint.ip === undefined ? undefined : addressPlace(endpoint.ip)
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
