/** Matches every endpoint. What the empty selector means, too. */
export interface All {
  readonly _tag: 'All'
}

/** Matches everything; in a `namespaceSelector`, Calico takes it as "what is in no namespace". Since Calico 3.15. */
export interface Global {
  readonly _tag: 'Global'
}

/** The label is there, whatever its value. */
export interface Has {
  readonly _tag: 'Has'
  readonly key: string
}

/** The label's value beside another. `Ne` also matches where the label is absent, the others never do. */
export interface Comparison {
  readonly _tag: 'Eq' | 'Ne' | 'Contains' | 'StartsWith' | 'EndsWith'
  readonly key: string
  readonly value: string
}

/** The label's value beside a set. `NotIn` also matches where the label is absent. */
export interface Membership {
  readonly _tag: 'In' | 'NotIn'
  readonly key: string
  /** In any order: the printer sorts them and drops repeats, as Calico does. */
  readonly values: ReadonlyArray<string>
}

/** The leaves of the tree. */
export type Condition = All | Global | Has | Comparison | Membership

export interface Not {
  readonly _tag: 'Not'
  readonly operand: Selector
}

/** All of the operands, or any of them. */
export interface Combination {
  readonly _tag: 'And' | 'Or'
  readonly operands: readonly [Selector, Selector, ...ReadonlyArray<Selector>]
}

/**
 * A Calico selector as plain data: what `parseSelector` returns and what `eq`, `and`, `not` and the others make.
 *
 * **Source**: `libcalico-go/lib/selector/parser/ast.go`.
 *
 * @example
 * eq('role', 'web') // => { _tag: 'Eq', key: 'role', value: 'web' }
 */
export type Selector = Condition | Not | Combination

/** The labels of an endpoint or a namespace. */
export type Labels = Readonly<Record<string, string>>

/** The operands as one selector. A single one stands for itself; `&&` of none is true of everything, `||` of nothing. */
export const combine = (tag: Combination['_tag'], operands: ReadonlyArray<Selector>): Selector => {
  const [first, second, ...rest] = operands
  if (first === undefined) return tag === 'And' ? { _tag: 'All' } : { _tag: 'Not', operand: { _tag: 'All' } }
  return second === undefined ? first : { _tag: tag, operands: [first, second, ...rest] }
}
