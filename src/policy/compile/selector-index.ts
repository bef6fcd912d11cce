import type { Labels, Selector } from '../../selector/ast.js'
import { type Restriction, restrictionsOf } from './selector-restriction.js'
import type { IsOpen } from './selector-steps.js'

/** A selector's place in a table. */
export type SelectorId = number

/** The labels that a selector is asked of; `open` is what else may be there, with a word that tells such ways apart. */
export interface KnownLabels {
  readonly labels: Labels
  readonly open?: { readonly name: string; readonly isOpen: IsOpen }
}

/** The selectors that ask for a key: with any value, and with one of some. */
interface Bucket {
  readonly ofAny: Array<SelectorId>
  readonly byValue: Map<string, Array<SelectorId>>
}

/** Selectors by what they ask for, each in the least crowded place: few of them are tried on any labels. */
export interface SelectorIndex {
  readonly buckets: Map<string, Bucket>
  /** Those that may hold for any labels. */
  readonly others: Array<SelectorId>
}

export const selectorIndex = (): SelectorIndex => ({ buckets: new Map(), others: [] })

const bucketOf = ({ buckets }: SelectorIndex, key: string): Bucket => {
  const there = buckets.get(key)
  if (there !== undefined) return there
  const fresh: Bucket = { ofAny: [], byValue: new Map() }
  buckets.set(key, fresh)
  return fresh
}

const put = (index: SelectorIndex, id: SelectorId, { key, values }: Restriction): void => {
  const { ofAny, byValue } = bucketOf(index, key)
  if (values === undefined) ofAny.push(id)
  for (const value of new Set(values)) {
    const list = byValue.get(value)
    if (list === undefined) byValue.set(value, [id])
    else list.push(id)
  }
}

/** What has a key at all is so many times what has it with one value. */
const valuesOfKey = 8

const crowd = ({ buckets }: SelectorIndex, { key, values }: Restriction): number => {
  const bucket = buckets.get(key)
  if (values === undefined) return valuesOfKey * (1 + (bucket?.ofAny.length ?? 0))
  let sum = 0
  for (const value of values) sum += 1 + (bucket?.byValue.get(value)?.length ?? 0)
  return sum
}

export const addToIndex = (index: SelectorIndex, id: SelectorId, selector: Selector): void => {
  let least: Restriction | undefined
  let leastCrowd = Infinity
  for (const it of restrictionsOf(selector)) {
    const here = crowd(index, it)
    if (here >= leastCrowd) continue
    least = it
    leastCrowd = here
  }
  if (least === undefined) index.others.push(id)
  else put(index, id, least)
}

/** Each list of those that may hold for the labels, of which some may have any value. */
export const candidatesFor = (
  { buckets, others }: SelectorIndex,
  { labels, open }: KnownLabels,
): ReadonlyArray<ReadonlyArray<SelectorId>> => {
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
}
