import type { Labels, Selector } from '../../selector/ast.js'
import { mapConditions } from '../../selector/map-conditions.js'
import { compile, type Next } from '../../selector/match.js'
import { type Restriction, restrictionsOf } from './selector-restriction.js'
import { follow, followAll, type IsOpen } from './selector-steps.js'
import { type Certainty, certain } from './three-valued.js'

/** A selector's place in the table. */
export type SelectorId = number

/** The labels that a selector is asked of; `open` is what else may be there, with a word that tells such ways apart. */
export interface KnownLabels {
  readonly labels: Labels
  readonly open?: { readonly name: string; readonly isOpen: IsOpen }
}

/** Which selectors hold for some labels. Labels that no selector tells apart share one value. */
export interface Holding {
  readonly id: number
  readonly test: (selector: SelectorId) => Certainty
  readonly yes: Iterable<SelectorId>
  readonly maybe: Iterable<SelectorId>
}

/** Each selector once, read once, found by what labels have. */
export interface SelectorTable {
  /** The selector that a text stands for, made when the text is new. */
  readonly intern: (text: string, make: () => Selector) => SelectorId
  readonly selectorOf: (id: SelectorId) => Selector
  readonly holdingOf: (known: KnownLabels) => Holding
  /** The same for labels that nobody has asked about before, as who asks knows. */
  readonly firstHoldingOf: (known: KnownLabels) => Holding
  /** A number for a key that selectors ask for. */
  readonly placeOf: (key: string) => number | undefined
  /** Grows whenever what was told apart before may now be told apart further. */
  readonly version: () => number
}

const keysOf = (selector: Selector, into: Map<string, number>): void => {
  mapConditions(selector, (condition) => {
    if ('key' in condition && !into.has(condition.key)) into.set(condition.key, into.size)
    return condition
  })
}

/** The selectors that ask for a key: with any value, and with one of some. */
interface Bucket {
  readonly ofAny: Array<SelectorId>
  readonly byValue: Map<string, Array<SelectorId>>
}

/** Selectors by what they ask for, each in the least crowded place: few of them are tried on any labels. */
const candidatesIndex = () => {
  const buckets = new Map<string, Bucket>()
  const others: Array<SelectorId> = []
  const bucketOf = (key: string): Bucket => {
    const bucket = buckets.get(key) ?? { ofAny: [], byValue: new Map() }
    buckets.set(key, bucket)
    return bucket
  }
  const put = (id: SelectorId, { key, values }: Restriction): void => {
    const { ofAny, byValue } = bucketOf(key)
    if (values === undefined) ofAny.push(id)
    for (const value of new Set(values)) {
      const list = byValue.get(value)
      if (list === undefined) byValue.set(value, [id])
      else list.push(id)
    }
  }
  const crowd = ({ key, values }: Restriction): number => {
    const bucket = buckets.get(key)
    if (values === undefined) return 1 + (bucket?.ofAny.length ?? 0)
    return values.reduce((sum, value) => sum + 1 + (bucket?.byValue.get(value)?.length ?? 0), 0)
  }
  return {
    add: (id: SelectorId, selector: Selector): void => {
      const [first, ...rest] = restrictionsOf(selector)
      if (first === undefined) others.push(id)
      else
        put(
          id,
          rest.reduce((least, it) => (crowd(it) < crowd(least) ? it : least), first),
        )
    },
    /** Each list of those that may hold for the labels, of which some may have any value. */
    of: ({ labels, open }: KnownLabels): ReadonlyArray<ReadonlyArray<SelectorId>> => {
      const found = [others]
      if (open !== undefined)
        for (const [key, { ofAny, byValue }] of buckets)
          if (typeof labels[key] !== 'string' && open.isOpen(key)) found.push(ofAny, ...byValue.values())
      for (const key of Object.keys(labels)) {
        const bucket = buckets.get(key)
        if (bucket === undefined) continue
        found.push(bucket.ofAny)
        const list = bucket.byValue.get(`${labels[key]}`)
        if (list !== undefined) found.push(list)
      }
      return found
    },
  }
}

export const selectorTable = (): SelectorTable => {
  const ids = new Map<string, SelectorId>()
  const selectors: Array<{ readonly selector: Selector; readonly first: Next }> = []
  const keys = new Map<string, number>()
  const index = candidatesIndex()
  const groups = new Map<string, Holding>()
  const holdings = new Map<string, Holding>()

  /** In the order of the labels: another order makes another text, of the same answer. */
  const textOf = ({ labels, open }: KnownLabels): string => {
    let text = open?.name ?? ''
    for (const key of Object.keys(labels)) {
      const id = keys.get(key)
      if (id === undefined) continue
      const value = `${labels[key]}`
      text += `;${id},${value.length},${value}`
    }
    return text
  }
  const evaluate = (known: KnownLabels): Holding => {
    const { labels, open } = known
    const yes = new Set<SelectorId>()
    const maybe = new Set<SelectorId>()
    for (const list of index.of(known))
      for (const id of list) {
        const first = selectors[id]?.first ?? false
        const answer =
          open === undefined ? certain(follow(first, labels)) : followAll(first, labels, open.isOpen)
        if (answer === 2) yes.add(id)
        else if (answer === 1) maybe.add(id)
      }
    const inOrder = (some: ReadonlySet<SelectorId>) => [...some].sort((a, b) => a - b).join()
    const signature = `${inOrder(yes)} ${inOrder(maybe)}`
    const there = holdings.get(signature)
    if (there !== undefined) return there
    const test = (id: SelectorId): Certainty => (yes.has(id) ? 2 : maybe.has(id) ? 1 : 0)
    const holding: Holding = { id: holdings.size, test, yes, maybe }
    holdings.set(signature, holding)
    return holding
  }
  return {
    intern: (text, make) => {
      const there = ids.get(text)
      if (there !== undefined) return there
      const id = selectors.length
      const selector = make()
      ids.set(text, id)
      selectors.push({ selector, first: compile(selector) })
      keysOf(selector, keys)
      index.add(id, selector)
      groups.clear()
      return id
    },
    selectorOf: (id) => selectors[id]?.selector ?? { _tag: 'All' },
    holdingOf: (known) => {
      const text = textOf(known)
      const group = groups.get(text) ?? evaluate(known)
      groups.set(text, group)
      return group
    },
    firstHoldingOf: evaluate,
    placeOf: (key) => keys.get(key),
    version: () => selectors.length,
  }
}
