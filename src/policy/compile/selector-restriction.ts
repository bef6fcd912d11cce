import type { Selector } from '../../selector/ast.js'

/** What labels must have for a selector to match: this key, with one of these values where they can be counted. */
export interface Restriction {
  readonly key: string
  readonly values?: ReadonlyArray<string>
}

/** The restrictions of the outermost `&&`; none where any labels might do. */
export const restrictionsOf = (selector: Selector): ReadonlyArray<Restriction> => {
  const found: Array<Restriction> = []
  const todo: Array<Selector> = [selector]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    switch (next._tag) {
      case 'And':
        todo.push(...next.operands)
        break
      case 'Eq':
        found.push({ key: next.key, values: [next.value] })
        break
      case 'In':
        found.push({ key: next.key, values: next.values })
        break
      case 'Has':
      case 'Contains':
      case 'StartsWith':
      case 'EndsWith':
        found.push({ key: next.key })
        break
      default:
    }
  }
  return found
}
