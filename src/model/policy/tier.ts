import { type Codec, list, literal, number, object, optional, orEmpty } from '../codec/codec.js'
import { StatusCondition } from '../meta/condition.js'
import { type GlobalResource, globalHead } from '../meta/envelope.js'

/** The order of the tier `default`, and of each that gives none. **Source**: `libcalico-go/lib/resources/tier.go`. */
export const defaultTierOrder = 1_000_000

/** **Source**: `api/pkg/apis/projectcalico/v3/tier.go`. */
export interface TierSpec {
  /** Lower goes first; 1000000 when left out. Tiers of equal order go by name. */
  readonly order?: number
  /** What happens to traffic that a policy of the tier applies to and no rule matches; `Deny` by default. */
  readonly defaultAction?: 'Deny' | 'Pass'
}

export const TierSpec: Codec<TierSpec> = object<TierSpec>('TierSpec', {
  order: optional(number),
  defaultAction: optional(literal('Deny', 'Pass')),
})

/** What the cluster says of a tier. Since Calico 3.32. */
export interface TierStatus {
  readonly conditions?: ReadonlyArray<StatusCondition>
}

const TierStatus: Codec<TierStatus> = object<TierStatus>('TierStatus', {
  conditions: optional(list(StatusCondition)),
})

/**
 * An ordered group of policies: all of a tier's policies go before those of the next. Since Calico 3.29.
 * `default` and the tiers that Calico makes for Kubernetes' own policies have a fixed order.
 */
export interface Tier extends GlobalResource<'Tier', TierSpec> {
  readonly status?: TierStatus
}

export const Tier: Codec<Tier> = object<Tier>('Tier', {
  ...globalHead('Tier'),
  spec: orEmpty(TierSpec),
  status: optional(TierStatus, '3.32'),
})
