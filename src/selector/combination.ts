import { type All, combine, type Global, type Selector } from './ast.js'

type AtLeastOne = readonly [Selector, ...ReadonlyArray<Selector>]

/**
 * `a && b`: all of them match. A single one stands for itself; none does not compile. For a list that may be empty,
 * say what the empty one means: `and(all(), ...conditions)`.
 *
 * @example
 * printSelector(and(eq('role', 'api'), has('env'))) // => '(role == "api" && has(env))'
 */
export const and = (...operands: AtLeastOne): Selector => combine('And', operands)

/**
 * `a || b`: at least one of them matches. A single one stands for itself; none does not compile. For a list that may
 * be empty, say what the empty one means: `or(not(all()), ...conditions)`.
 *
 * @example
 * printSelector(or(eq('role', 'api'), has('env'))) // => '(role == "api" || has(env))'
 */
export const or = (...operands: AtLeastOne): Selector => combine('Or', operands)

/**
 * `!a`: it does not match. A second `not` takes the first away, as in Calico.
 *
 * @example
 * printSelector(not(has('quarantined'))) // => '!has(quarantined)'
 */
export const not = (operand: Selector): Selector =>
  operand._tag === 'Not' ? operand.operand : { _tag: 'Not', operand }

/**
 * `all()`: matches everything. Also what the empty selector means.
 *
 * @example
 * matches(all(), {}) // => true
 */
export const all = (): All => ({ _tag: 'All' })

/**
 * `global()`: for the `namespaceSelector` of a rule, and there alone. It selects what is in no namespace, such as host
 * endpoints and GlobalNetworkSets. Evaluated by itself it matches everything. Since Calico 3.15.
 *
 * **Source**: `libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go`.
 *
 * @example
 * printSelector(global()) // => 'global()'
 */
export const global = (): Global => ({ _tag: 'Global' })
