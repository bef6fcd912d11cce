import { refuse } from '../world/given-arguments.js'
import { type ClassChange, compareClasses } from './class-changes.js'
import type { ClassConnectivity } from './class-connectivity.js'
import { type Change, comparePairs } from './diff.js'
import type { Connectivity } from './traffic.js'

const hint = 'pass what `connectivity` answers, of the short form or of a compiled world'

/** Throws `Invalid` for what is neither, at its place among the two. */
const requireOne = (it: Connectivity | ClassConnectivity, side: 'before' | 'after'): void => {
  const { classes, pairs } = Object(it)
  if (Array.isArray(classes) && typeof pairs === 'function') return
  const list = Array.isArray(it) ? it : refuse([side], 'a connectivity', it, hint)
  for (const [index, pair] of list.entries()) {
    const { allowed, unknown } = Object(pair)
    if (!Array.isArray(allowed) || !Array.isArray(unknown))
      refuse([side, index], 'a pair of endpoints with what is allowed', pair, hint)
  }
}

const isByClasses = (it: Connectivity | ClassConnectivity): it is ClassConnectivity => 'classes' in it

const pairsIn = (it: Connectivity | ClassConnectivity): Connectivity =>
  isByClasses(it) ? [...it.pairs()] : it

/**
 * What a change of policies opens, closes and makes unknown: nothing where both let through the same. What only one of
 * them has, an endpoint that is new or gone, lets nothing through in the other, and is told by `only`.
 *
 * @example
 * const endpoints = { web: { _tag: 'Workload', namespace: 'shop' } } as const
 * const closed = connectivity([networkPolicy('none', 'shop').denyIngress()], endpoints)
 * compareConnectivity(closed, connectivity([], endpoints))
 * // => [{ from: 'web', to: 'web', before: 'denied', after: 'allowed', traffic: [{}] }]
 */
export function compareConnectivity(before: Connectivity, after: Connectivity): ReadonlyArray<Change>
/**
 * The same of two worlds by classes. What fares alike is one change, so the answer grows with what differs.
 *
 * @example
 * const before = orThrow(compile({ pods: [{ _tag: 'Workload', namespace: 'shop', name: 'web' }] }))
 * const after = orThrow(before.with({ put: [networkPolicy('none', 'shop').denyIngress()] }))
 * printChanges(compareConnectivity(before.connectivity(), after.connectivity()))
 * // => '- shop/web → shop/web: everything (was allowed)'
 */
export function compareConnectivity(
  before: ClassConnectivity,
  after: ClassConnectivity,
): ReadonlyArray<ClassChange>
export function compareConnectivity(
  before: Connectivity | ClassConnectivity,
  after: Connectivity | ClassConnectivity,
): ReadonlyArray<Change> | ReadonlyArray<ClassChange> {
  requireOne(before, 'before')
  requireOne(after, 'after')
  return isByClasses(before) && isByClasses(after)
    ? compareClasses(before, after)
    : comparePairs(pairsIn(before), pairsIn(after))
}
