import type { Selector } from './ast.js'

/**
 * The keys of the labels that a selector asks about, each once, in the order in which they are first named.
 *
 * @example
 * labelsOf(and(eq('role', 'api'), not(has('env')))) // => ['role', 'env']
 */
export const labelsOf = (selector: Selector): ReadonlyArray<string> => {
  const keys = new Set<string>()
  const todo: Array<Selector> = [selector]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    switch (next._tag) {
      case 'All':
      case 'Global':
        break
      case 'Not':
        todo.push(next.operand)
        break
      case 'And':
      case 'Or':
        for (const operand of [...next.operands].reverse()) todo.push(operand)
        break
      default:
        keys.add(next.key)
    }
  }
  return [...keys]
}
