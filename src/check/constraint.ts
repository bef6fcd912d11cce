import type { Issue, Path } from '../error.js'
import type { Resource } from '../model/resource.js'
import { release, type Version } from './version.js'

/** What calicoctl is to do with the resource: `apply` and `replace` take a few things that `create` refuses. */
export type Command = 'create' | 'apply' | 'replace'

/** What a rule may look at beside its own value. */
export interface Context {
  readonly calico: Version
  readonly command: Command
  readonly resource: Resource
}

/** As `3.29`, or `3.29.6`. */
export type Release = `3.${number}`

/** One of the reasons for which Calico refuses a resource, as data. */
export interface CheckRule {
  /** Short and stable: an issue's `rule`. */
  readonly name: string
  /** What is wrong. */
  readonly what: string
  /** What to do about it: an issue's hint, unless the case at hand has a better one. */
  readonly remedy: string
  /** Where Calico says so. */
  readonly source: string
  /** The first release with the rule; none where it is older than 3.20. */
  readonly since?: Release
  /** Earlier releases, each of an older minor, that were given the rule too. */
  readonly backports?: ReadonlyArray<Release>
  /** The first release without the rule. */
  readonly until?: Release
}

/** What a rule found in its value; `at` is relative to the value. */
export interface Refusal {
  readonly at?: Path
  readonly message: string
  readonly hint?: string
}

export type Find<A, Found> = (value: A, context: Context) => ReadonlyArray<Found>

/**
 * What must hold of a value, and by which rules. Paths in its issues are relative to the value.
 *
 * `finds` is what remains of it for one version of Calico: a rule that this version does not have is not asked.
 */
export interface Constraint<A> {
  readonly rules: ReadonlyArray<CheckRule>
  readonly finds: (version: Version) => ReadonlyArray<Find<A, Issue>>
}

/** Nothing wrong: one array for all, so that what is valid costs no memory. */
export const none: ReadonlyArray<never> = []

/** The refusal, if there is one: the usual answer of a rule. */
export const unless = (holds: boolean, refusal: () => Refusal): ReadonlyArray<Refusal> =>
  holds ? none : [refusal()]

const minorSize = 1_000

const holdsIn = ({ since, until, backports = [] }: CheckRule, version: Version): boolean => {
  if (until !== undefined && version >= release(until)) return false
  if (since === undefined || version >= release(since)) return true
  return backports
    .map(release)
    .some((first) => version >= first && Math.floor(version / minorSize) === Math.floor(first / minorSize))
}

/** A rule and how to find what breaks it. */
export const rule = <A>(info: CheckRule, find: Find<A, Refusal>): Constraint<A> => {
  const toIssue = ({ at, message, hint }: Refusal): Issue => ({
    rule: info.name,
    path: at ?? [],
    message,
    hint: hint ?? info.remedy,
    source: info.source,
  })
  const search: Find<A, Issue> = (value, context) => {
    const found = find(value, context)
    return found.length === 0 ? none : found.map(toIssue)
  }
  return { rules: [info], finds: (version) => (holdsIn(info, version) ? [search] : []) }
}

/** All of the constraints, one after the other. */
export const all = <A>(...constraints: ReadonlyArray<Constraint<A>>): Constraint<A> => ({
  rules: constraints.flatMap(({ rules }) => rules),
  finds: (version) => constraints.flatMap(({ finds }) => finds(version)),
})

const join = (some: ReadonlyArray<Issue>, more: ReadonlyArray<Issue>): ReadonlyArray<Issue> =>
  some.length === 0 ? more : [...some, ...more]

/** The constraint as one function, or none where there is nothing to ask. */
export const compile = <A>(constraint: Constraint<A>, version: Version): Find<A, Issue> | undefined => {
  const finds = constraint.finds(version)
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

const below = (key: string | number, issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> =>
  issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }))

type Keyed<A> = { readonly [K in keyof A]?: Constraint<Exclude<A[K], undefined>> }

/** The constraints of the fields that have any. */
export const fields = <A extends object>(constraints: Keyed<A>): Constraint<A> => {
  const entries = Object.entries(constraints) as ReadonlyArray<[string, Constraint<unknown>]>
  return {
    rules: entries.flatMap(([, { rules }]) => rules),
    finds: (version) => {
      const byKey = new Map(entries.map(([key, constraint]) => [key, compile(constraint, version)]))
      const find: Find<A, Issue> = (value, context) => {
        let found: ReadonlyArray<Issue> = none
        // By the keys that are given: they are few of the many that could be.
        for (const key in value) {
          const given = value[key]
          if (given === undefined) continue
          const more = byKey.get(key)?.(given, context) ?? none
          if (more.length > 0) found = join(found, below(key, more))
        }
        return found
      }
      return [...byKey.values()].some((one) => one !== undefined) ? [find] : []
    },
  }
}

/** The constraint on each item. */
export const each = <A>(constraint: Constraint<A>): Constraint<ReadonlyArray<A>> => ({
  rules: constraint.rules,
  finds: (version) => {
    const find = compile(constraint, version)
    if (find === undefined) return []
    return [
      (items, context) => {
        let found: Array<Issue> | undefined
        for (let index = 0; index < items.length; index++) {
          const more = find(items[index] as A, context)
          if (more.length === 0) continue
          found ??= []
          for (const issue of below(index, more)) found.push(issue)
        }
        return found ?? none
      },
    ]
  },
})

/** The constraints, but only for a value that this test turns down: what is right is looked at once. */
export const otherwise = <A>(holds: (value: A) => boolean, constraint: Constraint<A>): Constraint<A> => ({
  rules: constraint.rules,
  finds: (version) => {
    const find = compile(constraint, version)
    return find === undefined ? [] : [(value, context) => (holds(value) ? none : find(value, context))]
  },
})

/** The constraint, but only for a value that has the field. */
export const given = <A>(key: keyof A, constraint: Constraint<A>): Constraint<A> =>
  otherwise((value) => value[key] === undefined, constraint)
