import type { Version } from '../../model/calico-version.js'
import type { Resource } from '../../model/resource.js'
import { isAsBefore, type Snapshot, snapshotOf } from '../world/snapshot.js'
import { type PolicyWorld, worldOf } from './policy-world.js'

/** A list that is asked about again and again, and what it was when it was read. */
interface Repeated {
  readonly calico: Version
  /** From the second time on: most lists are asked about once. */
  before: Snapshot
  times: number
  world: PolicyWorld | undefined
}

/** By the first of the list, which may stand in a list made for each question. */
const lists = new WeakMap<Resource, Repeated>()

/** To compile all of a list costs about what so many flows cost that are asked for themselves. */
const enough = 10

/**
 * The world of a list that was asked about often, compiled as a whole; `undefined` for one that was not. A list that was
 * changed since, in itself or deep in one of its resources, is another list.
 */
export const repeatedWorld = (
  resources: ReadonlyArray<Resource>,
  calico: Version,
): PolicyWorld | undefined => {
  const [first] = resources
  if (first === undefined) return undefined
  const there = lists.get(first)
  const isKnown = there?.calico === calico && (there.times === 1 || isAsBefore(resources, there.before))
  if (there === undefined || !isKnown) {
    lists.set(first, { calico, before: undefined, times: 1, world: undefined })
    return undefined
  }
  if (++there.times === 2) there.before = snapshotOf(resources)
  if (there.times >= enough) there.world ??= worldOf(resources, calico)
  return there.world
}
