import { type CompiledWorld, insideOf } from '../compiled-world.js'
import type { Verdict } from '../evaluate/reason.js'
import type { RulePlace } from '../query/unused.js'

/** A rule, and how many of the flows it had a say in. */
export interface CoveredRule extends RulePlace {
  readonly hits: number
}

const keyOf = (policy: string, direction: string, rule: number): string => `${direction} ${rule} ${policy}`

const hits = new WeakMap<CompiledWorld, Map<string, number>>()

/** Notes what had a say in an expectation. */
export const noteVerdict = (world: CompiledWorld, { reasons }: Verdict): void => {
  const counts = hits.get(world) ?? new Map<string, number>()
  hits.set(world, counts)
  for (const { policy, direction, rule } of reasons) {
    if (policy === undefined || rule === undefined) continue
    const key = keyOf(policy, direction, rule)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
}

/**
 * Every rule of a world, with the number of flows that `expectFlow` asked about and that it had a say in. Worlds that were made
 * by `with` count for themselves.
 *
 * @example
 * const pods = [{ _tag: 'Workload', namespace: 'shop', name: 'web' }]
 * const world = orThrow(compile({ resources: [networkPolicy('none', 'shop').denyIngress()], pods }))
 * ruleCoverage(world) // => [{ policy: 'NetworkPolicy(shop/none)', direction: 'Ingress', rule: 0, hits: 0 }]
 */
export const ruleCoverage = (world: CompiledWorld): ReadonlyArray<CoveredRule> => {
  insideOf(world)
  const counts = hits.get(world)
  return world
    .unusedRules([])
    .map((place) => ({ ...place, hits: counts?.get(keyOf(place.policy, place.direction, place.rule)) ?? 0 }))
}
