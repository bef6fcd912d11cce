import type { Version } from '../../model/calico-version.js'
import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import { isAsBefore, type Snapshot, snapshotOf } from '../world/snapshot.js'
import { type PolicyWorld, worldOf } from './policy-world.js'

/** A list that is asked about again and again. */
interface Repeated {
  readonly calico: Version
  /** How often it was asked about before what it says is looked at: most lists are asked about once. */
  readonly patience: number
  times: number
  /** What it said then. */
  before: Snapshot
  world: PolicyWorld | undefined
}

/**
 * By the first of the list and its length: a list, and each of its resources, may be made anew for every question, and
 * still say the same.
 */
const lists = new Map<string, Repeated>()
const mostLists = 32

/** To compile all of a list costs about what so many flows cost that are asked for themselves. */
const enough = 10

/** A list that says something else each time is looked at ever more seldom. */
const mostPatience = 64

const remember = (key: string, calico: Version, last: Repeated | undefined): void => {
  if (lists.size >= mostLists && last === undefined)
    for (const oldest of [...lists.keys()].slice(0, mostLists / 2)) lists.delete(oldest)
  const patience = last === undefined ? 1 : Math.min(2 * last.patience, mostPatience)
  lists.set(key, { calico, patience, times: 1, before: undefined, world: undefined })
}

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
  const key = `${resources.length} ${nameOf(first)}`
  const there = lists.get(key)
  const isAsked = there?.calico === calico
  if (!isAsked || (there.before !== undefined && !isAsBefore(resources, there.before))) {
    remember(key, calico, there)
    return undefined
  }
  there.times++
  if (there.times <= there.patience) return undefined
  there.before ??= snapshotOf(resources)
  // Of the copy: what was given may be changed, and then another list may say what it said.
  if (there.times > there.patience + enough)
    there.world ??= worldOf(there.before as ReadonlyArray<Resource>, calico)
  return there.world
}
