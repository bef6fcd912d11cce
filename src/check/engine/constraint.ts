import type { Issue, Path } from '../../error.js'
import type { Version } from '../../model/calico-version.js'
import { unlessHole } from '../../model/codec/hole.js'
import { hasCome, hasGone, type Lifetime } from '../../model/lifetime.js'
import { type Find, inItems, none, type OfField, type Part, together } from './compile.js'

export { type Command, type Context, type Find, none } from './compile.js'

/**
 * Who refuses what breaks a rule: the API server, which calicoctl sends it to, or only this library, as Calico takes
 * what can never work.
 */
export type RefusedBy = 'API server' | 'typed-calico'

/** One of the reasons for which Calico refuses a resource, as data. */
export interface CheckRule extends Lifetime {
  /** Short and stable: an issue's `rule`. */
  readonly name: string
  /** What is wrong. */
  readonly what: string
  /** What to do about it: an issue's hint, unless the case at hand has a better one. */
  readonly remedy: string
  /** Where Calico says so. */
  readonly source: string
  /** Who refuses it; calicoctl, before it sends anything, where this is left out. */
  readonly by?: RefusedBy
}

/** What a rule found in its value; `at` is relative to the value. */
export interface Refusal {
  readonly at?: Path
  readonly message: string
  readonly hint?: string
}

/**
 * What must hold of a value, and by which rules. Paths in its issues are relative to the value.
 *
 * `parts` are what remains of it for one version of Calico: a rule that this version does not have is not asked.
 */
export interface Constraint<A> {
  readonly rules: ReadonlyArray<CheckRule>
  readonly parts: (version: Version) => ReadonlyArray<Part<A>>
}

/** The refusal, if there is one: the usual answer of a rule. */
export const unless = (holds: boolean, refusal: () => Refusal): ReadonlyArray<Refusal> =>
  holds ? none : [refusal()]

const holdsIn = (info: CheckRule, version: Version): boolean =>
  hasCome(info, version) && !hasGone(info, version)

/** A rule and how to find what breaks it. One that looks at what did not decode finds nothing. */
export const rule = <A>(info: CheckRule, find: Find<A, Refusal>): Constraint<A> => {
  const toIssue = ({ at, message, hint }: Refusal): Issue => ({
    rule: info.name,
    path: at ?? [],
    message,
    hint: hint ?? info.remedy,
    source: info.source,
  })
  const search: Find<A, Issue> = (value, context) => {
    const found = context.hasHoles === true ? unlessHole(none, find, value, context) : find(value, context)
    return found.length === 0 ? none : found.map(toIssue)
  }
  return { rules: [info], parts: (version) => (holdsIn(info, version) ? [{ find: search }] : []) }
}

/** All of the constraints, one after the other. */
export const all = <A>(...constraints: ReadonlyArray<Constraint<A>>): Constraint<A> => ({
  rules: constraints.flatMap(({ rules }) => rules),
  parts: (version) => constraints.flatMap(({ parts }) => parts(version)),
})

/** The constraint as one function, or none where there is nothing to ask. */
export const compile = <A>(constraint: Constraint<A>, version: Version): Find<A, Issue> | undefined =>
  together(constraint.parts(version))

type Keyed<A> = { readonly [K in keyof A]?: Constraint<Exclude<A[K], undefined>> }

/** The constraints of the fields that have any. */
export const fields = <A extends object>(constraints: Keyed<A>): Constraint<A> => {
  const entries = Object.entries(constraints) as ReadonlyArray<[string, Constraint<unknown>]>
  return {
    rules: entries.flatMap(([, { rules }]) => rules),
    parts: (version) =>
      entries.flatMap(([field, constraint]): ReadonlyArray<OfField> => {
        const find = compile(constraint, version)
        return find === undefined ? [] : [{ field, find }]
      }),
  }
}

/** What remains of a constraint for a version, asked in another way; nothing where nothing remains. */
const anew = <A, B>(constraint: Constraint<A>, ask: (find: Find<A, Issue>) => Part<B>): Constraint<B> => ({
  rules: constraint.rules,
  parts: (version) => {
    const find = compile(constraint, version)
    return find === undefined ? [] : [ask(find)]
  },
})

/** The constraint on each item. */
export const each = <A>(constraint: Constraint<A>): Constraint<ReadonlyArray<A>> =>
  anew(constraint, (find) => ({ find: inItems(find) }))

/** The constraints, but only for a value that this test turns down: what is right is looked at once. */
export const otherwise = <A>(holds: (value: A) => boolean, constraint: Constraint<A>): Constraint<A> =>
  anew<A, A>(constraint, (find) => ({
    find: (value, context) => {
      const isRight = context.hasHoles === true ? unlessHole(false, holds, value) : holds(value)
      return isRight ? none : find(value, context)
    },
  }))

/** The constraint, but only for a value that has the field. */
export const given = <A>(key: keyof A & string, constraint: Constraint<A>): Constraint<A> =>
  anew(constraint, (find) => ({ given: key, find }))
