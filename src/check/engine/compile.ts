import type { Issue } from '../../error.js'
import type { Version } from '../../model/calico-version.js'
import { unlessHole } from '../../model/codec/hole.js'
import type { Resource } from '../../model/resource.js'

/** What calicoctl is to do with the resource: `apply` and `replace` take a few things that `create` refuses. */
export type Command = 'create' | 'apply' | 'replace'

/** What a rule may look at beside its own value. */
export interface Context {
  readonly calico: Version
  readonly command: Command
  readonly resource: Resource
  /** Whether the resource has holes, where parts of it did not decode. */
  readonly hasHoles?: boolean
}

/** Finds what is wrong in a value. */
export type Find<A, Found> = (value: A, context: Context) => ReadonlyArray<Found>

/** Nothing wrong: one array for all, so that what is valid costs no memory. */
export const none: ReadonlyArray<never> = []

/** The part of a constraint that looks at the whole value. */
export interface OfWhole<A> {
  readonly find: Find<A, Issue>
  /** The field without which there is nothing to find. */
  readonly given?: string
  readonly field?: never
}

/** The part of a constraint that looks at one field, where that is given. Paths are relative to the field. */
export interface OfField {
  readonly find: Find<unknown, Issue>
  readonly field: string
}

export type Part<A> = OfWhole<A> | OfField

const isOfField = <A>(part: Part<A>): part is OfField => part.field !== undefined

const below = (key: string | number, issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> =>
  issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }))

const join = (some: ReadonlyArray<Issue>, more: ReadonlyArray<Issue>): ReadonlyArray<Issue> =>
  some.length === 0 ? more : [...some, ...more]

const whole = <A>(parts: ReadonlyArray<OfWhole<A>>): Find<A, Issue> | undefined => {
  const finds = parts.map(({ find }) => find)
  if (finds.length < 2) return finds[0]
  return (value, context) => {
    let found: ReadonlyArray<Issue> = none
    for (const find of finds) {
      const more = find(value, context)
      if (more.length > 0) found = join(found, more)
    }
    return found
  }
}

/** The parts that a key asks for, by that key. */
const byKey = <A>(parts: ReadonlyArray<Part<A>>): ReadonlyMap<string, ReadonlyArray<Part<A>>> => {
  const map = new Map<string, Array<Part<A>>>()
  for (const part of parts) {
    const key = isOfField(part) ? part.field : part.given
    if (key === undefined) continue
    const others = map.get(key)
    if (others === undefined) map.set(key, [part])
    else others.push(part)
  }
  return map
}

/** Goes through the keys that are given, once: they are few of the many that could be. */
const inKeys = <A>(parts: ReadonlyMap<string, ReadonlyArray<Part<A>>>): Find<A, Issue> => {
  return (value, context) => {
    let found: ReadonlyArray<Issue> = none
    for (const key in value) {
      const given = value[key]
      const asked = given === undefined ? undefined : parts.get(key)
      if (asked === undefined) continue
      for (const part of asked) {
        const ofField = isOfField(part)
        const more = ofField ? part.find(given, context) : part.find(value, context)
        if (more.length > 0) found = join(found, ofField ? below(key, more) : more)
      }
    }
    return found
  }
}

const isOfAny = <A>(part: Part<A>): part is OfWhole<A> => !isOfField(part) && part.given === undefined

/**
 * The parts as one function, or none where there is nothing to ask. Those that a key asks for are asked together,
 * in the place of the first of them.
 */
export const together = <A>(parts: ReadonlyArray<Part<A>>): Find<A, Issue> | undefined => {
  const keyed = byKey(parts)
  if (keyed.size === 0) return whole(parts.filter(isOfAny))
  const place = parts.findIndex((part) => !isOfAny(part))
  const [before, after] = [parts.slice(0, place), parts.slice(place)]
  return whole([...before.filter(isOfAny), { find: inKeys(keyed) }, ...after.filter(isOfAny)])
}

const itemAt = <A>(items: ReadonlyArray<A>, index: number): A | undefined => items[index]

/** The issues that a function finds in the items of a list, which may be many. */
export const inItems =
  <A>(find: Find<A, Issue>): Find<ReadonlyArray<A>, Issue> =>
  (items, context) => {
    let found: Array<Issue> | undefined
    for (let index = 0; index < items.length; index++) {
      const item = context.hasHoles === true ? unlessHole(undefined, itemAt, items, index) : items[index]
      if (item === undefined) continue
      const more = find(item, context)
      if (more.length === 0) continue
      found ??= []
      for (const issue of below(index, more)) found.push(issue)
    }
    return found ?? none
  }
