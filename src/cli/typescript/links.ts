import type { PolicyType } from '../../model/policy/policy.js'
import { type Code, method, noted } from './code.js'
import { literal } from './literal.js'
import type { Notes } from './notes.js'
import { type SelectorStyle, selectorCode } from './selector.js'

/** How a resource is written. */
export interface Writing {
  readonly style: SelectorStyle
  /** What is said of its parts. */
  readonly notes: Notes
}

/** The calls that set a field, in a builder that is new; undefined where no calls do. */
export type Link<A, Spec> = (value: A, spec: Spec, style: SelectorStyle) => ReadonlyArray<Code> | undefined

/** For every field of a spec, in the order of the calls. A field that is forgotten does not compile. */
export type Links<Spec> = { readonly [F in keyof Spec]-?: Link<NonNullable<Spec[F]>, Spec> }

type AnyLink = Link<unknown, unknown>

/** The calls that make a new builder's spec this one; undefined where none do. */
export const callsFor = <Spec extends object>(
  links: Links<Spec>,
  spec: Spec,
  { style, notes }: Writing,
): ReadonlyArray<Code> | undefined => {
  const values = new Map<string, unknown>(Object.entries(spec))
  const calls = Object.entries(links).map(([field, link]) => {
    const value = values.get(field)
    const made = value === undefined ? [] : (link as AnyLink)(value, spec, style)
    if (made === undefined || !Array.isArray(value) || made.length !== value.length)
      return made?.map((code, index) => (index === 0 ? noted(code, notes.take('spec', field)) : code))
    // One call for each item: a comment about an item is about its call.
    return made.map((code, index) =>
      noted(code, [
        ...(index === 0 ? notes.takeOwn('spec', field) : []),
        ...notes.take('spec', field, index),
      ]),
    )
  })
  return calls.some((it) => it === undefined) ? undefined : calls.flatMap((it) => it ?? [])
}

/** `.order(5)`. */
export const given = (name: string) => (value: unknown) => [method(name, literal(value))]
/** `.nets('10.0.0.0/8', '192.0.2.0/24')`. */
export const each = (name: string) => (values: ReadonlyArray<unknown>) => [
  method(name, ...values.map(literal)),
]
/** `.applyOnForward()`; false is said by saying nothing, and not by a call. */
export const flag = (name: string) => (value: boolean) => (value ? [method(name)] : undefined)
/** `.selector(eq('role', 'web'))`. */
export const selector = (name: string) => (text: string, _spec: unknown, style: SelectorStyle) => [
  method(name, selectorCode(text, style)),
]
/** What the builder has from its start. */
export const nothing = (): ReadonlyArray<Code> => []

/** `.types('Egress')`, where it is not what the builder derives from the rules. */
export const types = (
  name: string,
  values: ReadonlyArray<string>,
  derived: ReadonlyArray<PolicyType>,
): ReadonlyArray<Code> => (values.join() === derived.join() ? [] : [method(name, ...values.map(literal))])
