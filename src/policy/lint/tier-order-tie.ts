import { defaultTierOrder, type Tier } from '../../model/tier.js'
import type { Rule } from './rule.js'

const orderOf = ({ spec }: Tier): number => spec.order ?? defaultTierOrder

export const tierOrderTie: Rule = {
  what: 'Two tiers have the same order, so that their names decide which goes first. A tier without an order has that of the tier default.',
  remedy: 'give the one that is to go first a lower order',
  source: 'api/pkg/apis/projectcalico/v3/tier.go, TierSpec',
  find: ({ resources }) => {
    const first = new Map([[defaultTierOrder, 'default']])
    return resources.flatMap((tier, index) => {
      if (tier.kind !== 'Tier') return []
      const { name } = tier.metadata
      const order = orderOf(tier)
      const other = first.get(order) ?? name
      first.set(order, other)
      if (other === name) return []
      const message = `the tier has the order of the tier ${other}, ${order}: their names decide which goes first`
      return [{ index, path: ['spec', 'order'], message }]
    })
  },
}
