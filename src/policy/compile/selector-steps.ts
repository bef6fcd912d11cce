import type { Labels } from '../../selector/ast.js'
import type { Next, Step } from '../../selector/match.js'
import type { Certainty } from './three-valued.js'

/** Whether a key that is not among the labels may be there all the same, as nobody has said. */
export type IsOpen = (key: string) => boolean

/** Whether a selector holds for labels that are all known, by its steps. */
export const follow = (first: Next, labels: Labels): boolean => {
  let next = first
  while (typeof next !== 'boolean') next = next.holds(labels) ? next.yes : next.no
  return next
}

/**
 * Where the steps of a selector lead with these labels. At a step that hangs on an open key, both ways are followed;
 * the answer is certain where all ways end alike.
 */
export const followAll = (first: Next, labels: Labels, isOpen: IsOpen): Certainty => {
  const todo: Array<Next> = [first]
  const seen = new Set<Step>()
  let [yes, no] = [false, false]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next === 'boolean') {
      if (next) yes = true
      else no = true
      if (yes && no) return 1
    } else if (!seen.has(next)) {
      seen.add(next)
      const { key } = next.test
      if (typeof labels[key] !== 'string' && isOpen(key)) todo.push(next.yes, next.no)
      else todo.push(next.holds(labels) ? next.yes : next.no)
    }
  }
  return yes ? 2 : 0
}
