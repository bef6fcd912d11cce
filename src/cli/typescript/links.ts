import type { PolicyType } from '../../model/policy.js'
import { type Code, method } from './code.js'
import { literal } from './literal.js'
import { type SelectorStyle, selectorCode } from './selector.js'

/** The calls that set a field, in a builder that is new; undefined where no calls do. */
export type Link<A, Spec> = (value: A, spec: Spec, style: SelectorStyle) => ReadonlyArray<Code> | undefined

/** For every field of a spec, in the order of the calls. A field that is forgotten does not compile. */
export type Links<Spec> = { readonly [F in keyof Spec]-?: Link<NonNullable<Spec[F]>, Spec> }

type AnyLink = Link<unknown, unknown>

/** The calls that make a new builder's spec this one; undefined where none do. */
export const callsFor = <Spec extends object>(
  links: Links<Spec>,
  spec: Spec,
  style: SelectorStyle,
): ReadonlyArray<Code> | undefined => {
  const values = new Map<string, unknown>(Object.entries(spec))
  const calls = Object.entries(links).map(([field, link]) => {
    const value = values.get(field)
    return value === undefined ? [] : (link as AnyLink)(value, spec, style)
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
