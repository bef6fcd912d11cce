import type { Match } from './match.js'
import type { Policy, Side } from './resource-set.js'
import { placesIn, type RuleIndex, ruleIndex } from './rule-index.js'

/** Which policies of a list may have a rule that covers some rule, or that some rule covers; in the list's order. */
export interface NearPolicies {
  readonly covering: (field: Side['field'], match: Match) => ReadonlyArray<Policy>
  readonly either: (policy: Policy) => ReadonlyArray<Policy>
}

interface Indexed {
  readonly index: RuleIndex
  /** Of each rule, the place of its policy. */
  readonly owners: ReadonlyArray<number>
}

const indexed = (policies: ReadonlyArray<Policy>, field: Side['field']): Indexed => {
  const all = policies.flatMap(({ sides }, place) =>
    sides
      .filter((side) => side.field === field)
      .flatMap(({ rules }) => rules.map((match) => ({ match, place }))),
  )
  return { index: ruleIndex(all.map(({ match }) => match)), owners: all.map(({ place }) => place) }
}

const made = (policies: ReadonlyArray<Policy>): NearPolicies => {
  const byField = new Map<Side['field'], Indexed>()
  const of = (field: Side['field']): Indexed => {
    const there = byField.get(field) ?? indexed(policies, field)
    byField.set(field, there)
    return there
  }
  // Where most are near, they are taken as they come: the first of them mostly will do.
  const most = policies.length >> 2
  const ownersOf = ({ owners }: Indexed, places: ReadonlyArray<number>): ReadonlyArray<number> =>
    places.flatMap((place) => owners[place] ?? [])
  const at = (places: Iterable<number>): ReadonlyArray<Policy> =>
    [...new Set(places)].sort((a, b) => a - b).flatMap((place) => policies[place] ?? [])
  return {
    covering: (field, match) => {
      const those = of(field)
      const places = placesIn(those.index.covering(match), most)
      return places === undefined ? policies : at(ownersOf(those, places))
    },
    either: ({ sides }) => {
      const found = new Set<number>()
      let left = most
      for (const { field, rules } of sides) {
        const those = of(field)
        for (const match of rules) {
          const places = placesIn([...those.index.covering(match), ...those.index.covered(match)], left)
          if (places === undefined) return policies
          left -= places.length
          for (const owner of ownersOf(those, places)) found.add(owner)
        }
      }
      return at(found)
    },
  }
}

const known = new WeakMap<ReadonlyArray<Policy>, NearPolicies>()

/** Made once for each list. */
export const nearPolicies = (policies: ReadonlyArray<Policy>): NearPolicies => {
  const there = known.get(policies) ?? made(policies)
  known.set(policies, there)
  return there
}
