import { type Combination, type Condition, combine, type Not, type Selector } from './ast.js'

/** A part whose own parts are done. */
interface Joint {
  readonly joins: Not | Combination
}

/** The last that were done, joined as the parts of the original are. */
const joined = (joins: Not | Combination, done: Array<Selector>): Selector => {
  if (joins._tag !== 'Not') return combine(joins._tag, done.splice(-joins.operands.length))
  const operand = done.pop() ?? joins.operand
  return { _tag: 'Not', operand }
}

/**
 * The selector with another one in place of each of its conditions.
 *
 * @example
 * printSelector(mapConditions(not(has('env')), () => eq('env', 'dev'))) // => '!env == "dev"'
 */
export const mapConditions = (selector: Selector, change: (condition: Condition) => Selector): Selector => {
  const done: Array<Selector> = []
  // A stack of our own: the depth of a selector from outside must not be the depth of our calls.
  const todo: Array<Selector | Joint> = [selector]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if ('joins' in next) {
      done.push(joined(next.joins, done))
      continue
    }
    switch (next._tag) {
      case 'Not':
        todo.push({ joins: next }, next.operand)
        break
      case 'And':
      case 'Or':
        todo.push({ joins: next })
        for (const operand of [...next.operands].reverse()) todo.push(operand)
        break
      default:
        done.push(change(next))
    }
  }
  return done[0] ?? selector
}
