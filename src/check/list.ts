import { type CheckRule, type Constraint, none, type Refusal, rule, unless } from './constraint.js'
import { quoted } from './dns-name.js'

/** No item is there twice. */
export const distinct = <A extends string | number>(info: CheckRule): Constraint<ReadonlyArray<A>> =>
  rule(info, (items) => {
    if (items.length < 2 || (items.length === 2 && items[0] !== items[1])) return none
    const seen = new Set<A>()
    const found: Array<Refusal> = []
    for (const [index, item] of items.entries()) {
      if (seen.has(item)) found.push({ at: [index], message: `${quoted(String(item))} is listed twice` })
      seen.add(item)
    }
    return found
  })

type Bounds = Pick<CheckRule, 'source' | 'since'>

/** What the CRDs of later releases call a set. */
export const asSet: Constraint<ReadonlyArray<string>> = distinct({
  name: 'repeated-item',
  what: 'A list that is a set holds an item twice: the API server refuses that from Calico 3.32 on.',
  remedy: 'list it once',
  source: 'libcalico-go/config/crd, x-kubernetes-list-type: set',
  since: '3.32',
})

/** The list has no more items than this. */
export const atMost = (most: number, what: string, bounds: Bounds): Constraint<ReadonlyArray<unknown>> =>
  rule(
    {
      name: 'too-many-items',
      what: 'A list has more items than later releases of Calico allow.',
      remedy: 'spread them over several rules or policies, or use a network set',
      ...bounds,
    },
    (items) =>
      unless(items.length <= most, () => ({
        message: `there are ${items.length} ${what}: ${most} is the most`,
      })),
  )
