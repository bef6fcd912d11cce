/** A label's key, and, for the compiler, the values it may hold. */
export interface Label<Value extends string = string> {
  readonly key: string
  /** For the compiler only: never set. */
  readonly values?: ReadonlyArray<Value>
}

/** Where a condition takes its label from: a key, or a label with declared values. */
export type Key<Value extends string = string> = string | Label<Value>

export const keyOf = (key: Key): string => (typeof key === 'string' ? key : key.key)

/**
 * A label, with the values it may hold: others do not compile where the label is used.
 *
 * **Shape**: letters, digits and `_ . / -`, 1 to 512 of them.
 * `parseSelector` and `check` refuse what is printed from other keys.
 *
 * @example
 * const role = label<'web' | 'api'>('role')
 * printSelector(eq(role, 'web')) // => 'role == "web"'
 * // eq(role, 'wbe') does not compile
 */
export const label = <Value extends string = string>(key: string): Label<Value> => ({ key })
