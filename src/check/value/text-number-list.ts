import type { Release } from '../../model/calico-version.js'
import {
  type CheckRule,
  type Constraint,
  none,
  otherwise,
  type Refusal,
  rule,
  unless,
} from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'

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

type Bounds = Pick<CheckRule, 'source' | 'since' | 'by'>

/** What the CRDs of later releases call a set. */
export const setSince = (since: Release): Constraint<ReadonlyArray<string>> =>
  distinct({
    name: 'repeated-item',
    what: 'A list that must not repeat an item repeats one.',
    remedy: 'list it once',
    source: 'libcalico-go/config/crd, x-kubernetes-list-type: set',
    by: 'API server',
    since,
  })

export const asSet: Constraint<ReadonlyArray<string>> = setSince('3.32')

/** The list has no more items than this. */
export const atMost = (most: number, what: string, bounds: Bounds): Constraint<ReadonlyArray<unknown>> =>
  rule(
    {
      name: 'too-many-items',
      what: 'A list has more items than this release of Calico allows.',
      remedy: 'split them over several rules or policies, or use fewer and larger nets, or a network set',
      ...bounds,
    },
    (items) =>
      unless(items.length <= most, () => ({
        message: `there are ${items.length} ${what}: at most ${most} are allowed`,
      })),
  )

/** A text of one form: `what it is` completes `"x" is `. */
export const form = (info: CheckRule, holds: (text: string) => boolean, fault: string): Constraint<string> =>
  rule(info, (text) => unless(holds(text), () => ({ message: `${quoted(text)} is ${fault}` })))

/** Go takes the empty text for "not given". */
export const unlessEmpty = (constraint: Constraint<string>): Constraint<string> =>
  otherwise((text) => text === '', constraint)

/** A whole number from one end to the other, both of which belong to it. */
export const numberFrom = (min: number, max: number, bounds: Bounds): Constraint<number> =>
  rule(
    {
      name: 'number-range',
      what: 'A number in a configuration is too small or too large.',
      remedy: 'use a number from the range',
      ...bounds,
    },
    (value) =>
      unless(value >= min && value <= max, () => ({
        message: `${value} is not ${max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`}`,
      })),
  )
