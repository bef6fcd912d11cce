import type { Selector } from '../../selector/ast.js'
import { mapConditions } from '../../selector/map-conditions.js'
import { compile, type Next } from '../../selector/match.js'
import {
  addToIndex,
  candidatesFor,
  type KnownLabels,
  type SelectorId,
  type SelectorIndex,
  selectorIndex,
} from './selector-index.js'
import { follow, followAll } from './selector-steps.js'
import type { Certainty } from './three-valued.js'

/** Which selectors hold for some labels. Labels that no selector tells apart share one value. */
export interface Holding {
  readonly id: number
  readonly yes: ReadonlySet<SelectorId>
  readonly maybe: ReadonlySet<SelectorId>
}

/**
 * Each selector once, read once, found by what labels have. Plain state, as every table here: docs/decisions/0013 says why.
 */
export interface SelectorTable {
  readonly ids: Map<string, SelectorId>
  /** There are more of them whenever what was told apart before may now be told apart further. */
  readonly selectors: Array<{ readonly selector: Selector; readonly first: Next }>
  /** A number for each key that selectors ask for. */
  readonly keys: Map<string, number>
  readonly index: SelectorIndex
  /** By the labels that selectors ask for. */
  readonly groups: Map<string, Holding>
  /** By the selectors that hold. */
  readonly holdings: Map<string, Holding>
}

export const selectorTable = (): SelectorTable => ({
  ids: new Map(),
  selectors: [],
  keys: new Map(),
  index: selectorIndex(),
  groups: new Map(),
  holdings: new Map(),
})

const keysOf = (selector: Selector, into: Map<string, number>): void => {
  mapConditions(selector, (condition) => {
    if ('key' in condition && !into.has(condition.key)) into.set(condition.key, into.size)
    return condition
  })
}

/** The place of a selector that was read from a text. */
export const internSelector = (table: SelectorTable, text: string, selector: Selector): SelectorId => {
  const { ids, selectors, keys, index, groups } = table
  const there = ids.get(text)
  if (there !== undefined) return there
  const id = selectors.length
  ids.set(text, id)
  selectors.push({ selector, first: compile(selector) })
  keysOf(selector, keys)
  addToIndex(index, id, selector)
  groups.clear()
  return id
}

export const selectorAt = ({ selectors }: SelectorTable, id: SelectorId): Selector =>
  selectors[id]?.selector ?? { _tag: 'All' }

/** How a selector holds. */
export const certaintyOf = ({ yes, maybe }: Holding, id: SelectorId): Certainty =>
  yes.has(id) ? 2 : maybe.has(id) ? 1 : 0

/** In the order of the labels: another order makes another text, of the same answer. */
const textOf = ({ keys }: SelectorTable, { labels, open }: KnownLabels): string => {
  let text = open?.name ?? ''
  for (const key of Object.keys(labels)) {
    const id = keys.get(key)
    if (id === undefined) continue
    const value = `${labels[key]}`
    text += `;${id},${value.length},${value}`
  }
  return text
}

const ascending = (a: number, b: number): number => a - b
const inOrder = (some: ReadonlySet<SelectorId>): string =>
  some.size === 0 ? '' : [...some].sort(ascending).join()

/** The same as `holdingOf`, for labels that nobody has asked about before, as who asks knows. */
export const firstHoldingOf = (
  { index, selectors, holdings }: SelectorTable,
  known: KnownLabels,
): Holding => {
  const { labels, open } = known
  const yes = new Set<SelectorId>()
  const maybe = new Set<SelectorId>()
  for (const list of candidatesFor(index, known))
    for (const id of list) {
      const first = selectors[id]?.first ?? false
      if (open === undefined) {
        if (follow(first, labels)) yes.add(id)
        continue
      }
      const answer = followAll(first, labels, open.isOpen)
      if (answer === 2) yes.add(id)
      else if (answer === 1) maybe.add(id)
    }
  const signature = `${inOrder(yes)} ${inOrder(maybe)}`
  const there = holdings.get(signature)
  if (there !== undefined) return there
  const holding: Holding = { id: holdings.size, yes, maybe }
  holdings.set(signature, holding)
  return holding
}

export const holdingOf = (table: SelectorTable, known: KnownLabels): Holding => {
  const text = textOf(table, known)
  const there = table.groups.get(text)
  if (there !== undefined) return there
  const holding = firstHoldingOf(table, known)
  table.groups.set(text, holding)
  return holding
}
