import type { GlobalMetadata } from '../model/meta/metadata.js'
import type { TierSpec } from '../model/policy/tier.js'
import { Manifest } from './manifest.js'

/** A Tier with methods that return another. */
export class TierBuilder extends Manifest<'Tier', GlobalMetadata, TierSpec> {
  /** Lower goes first; 1000000 when left out, as the tier `default`. */
  order(order: number): this {
    return this.with({ order })
  }

  /** What happens to traffic that a policy of the tier applies to and no rule matches; `Deny` when left out. */
  defaultAction(defaultAction: 'Deny' | 'Pass'): this {
    return this.with({ defaultAction })
  }
}

/**
 * An ordered group of policies: all of a tier's policies go before those of the next. Up to Calico 3.31, the names of
 * its policies begin with its own: `guardrails.block-metadata`. Since Calico 3.29.
 *
 * @example
 * tier('guardrails').order(500).defaultAction('Pass').spec // => { order: 500, defaultAction: 'Pass' }
 */
export const tier = (name: string): TierBuilder => new TierBuilder('Tier', { name }, {})
