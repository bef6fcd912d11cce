import type { Labels } from '../selector/ast.js'
import { type Endpoint, effectiveLabels, type Workload } from './endpoint.js'
import { addressPlace } from './network.js'
import { covers, type Span } from './span.js'

/** Labelled networks, which selectors of rules select too. */
export interface LabelledNetworks {
  readonly labels: Labels
  readonly nets: ReadonlyArray<Span<bigint>>
}

/** An endpoint, with what rules look at worked out once. */
export interface Known<E extends Endpoint = Endpoint> {
  readonly endpoint: E
  /** All that selectors find it by. */
  readonly labels: ReadonlyArray<Labels>
  /** Where its address lies, if it is given. */
  readonly place: bigint | undefined
}

export interface Ends {
  readonly from: Known
  readonly to: Known
}

export const know = <E extends Endpoint>(endpoint: E, sets: ReadonlyArray<LabelledNetworks>): Known<E> => {
  const place = endpoint.ip === undefined ? undefined : addressPlace(endpoint.ip)
  const containing = sets.filter(({ nets }) => place !== undefined && covers(nets, place))
  return {
    endpoint,
    place,
    labels:
      endpoint._tag === 'Workload' ? [effectiveLabels(endpoint)] : containing.map(({ labels }) => labels),
  }
}

export const isPod = (known: Known): known is Known<Workload> => known.endpoint._tag === 'Workload'
