import type { Comparison, Has, Labels, Membership, Selector } from './ast.js'

/** A condition on one label. */
export type Test = Has | Comparison | Membership

/** One condition on a label, and where its answer leads: to the next step, or to the answer of the whole. */
export interface Step {
  readonly test: Test
  readonly holds: (labels: Labels) => boolean
  readonly yes: Next
  readonly no: Next
}

export type Next = Step | boolean

/** A selector that is still to become steps; `following` stands for the step that was made last. */
interface Task {
  readonly selector: Selector
  readonly yes: Next | 'following'
  readonly no: Next | 'following'
}

/** A label is a string: what else a key finds (`constructor`, say) is what every object inherits. */
const condition = (test: Test): Step['holds'] => {
  const { key } = test
  const onValue =
    (accepts: (value: string) => boolean): Step['holds'] =>
    (labels) => {
      const value = labels[key]
      return typeof value === 'string' && accepts(value)
    }
  switch (test._tag) {
    case 'Has':
      return (labels) => typeof labels[key] === 'string'
    case 'Eq':
      return (labels) => labels[key] === test.value
    case 'Ne':
      return (labels) => labels[key] !== test.value
    case 'Contains':
      return onValue((value) => value.includes(test.value))
    case 'StartsWith':
      return onValue((value) => value.startsWith(test.value))
    case 'EndsWith':
      return onValue((value) => value.endsWith(test.value))
    case 'In': {
      const values = new Set<string | undefined>(test.values)
      return (labels) => values.has(labels[key])
    }
    case 'NotIn': {
      const values = new Set<string | undefined>(test.values)
      return (labels) => !values.has(labels[key])
    }
  }
}

/**
 * The steps of a selector, from the last to the first, so that each knows where to go on. `&&`, `||` and `!` leave
 * nothing but their ways from step to step, hence an answer needs no stack, however deep the selector is.
 */
export const compile = (whole: Selector): Next => {
  let following: Next = true
  const todo: Array<Task> = [{ selector: whole, yes: true, no: false }]
  for (let task = todo.pop(); task !== undefined; task = todo.pop()) {
    const { selector } = task
    const yes: Next = task.yes === 'following' ? following : task.yes
    const no: Next = task.no === 'following' ? following : task.no
    switch (selector._tag) {
      case 'All':
      case 'Global':
        following = yes
        break
      case 'Not':
        todo.push({ selector: selector.operand, yes: no, no: yes })
        break
      case 'And':
        selector.operands.forEach((operand, i, { length }) => {
          todo.push({ selector: operand, yes: i === length - 1 ? yes : 'following', no })
        })
        break
      case 'Or':
        selector.operands.forEach((operand, i, { length }) => {
          todo.push({ selector: operand, yes, no: i === length - 1 ? no : 'following' })
        })
        break
      default:
        following = { test: selector, holds: condition(selector), yes, no }
    }
  }
  return following
}

const follow = (first: Next, labels: Labels): boolean => {
  let next = first
  while (typeof next === 'object') next = next.holds(labels) ? next.yes : next.no
  return next
}

/**
 * The selector as a function of the labels, for asking often.
 *
 * @example
 * const isWeb = matcher(eq('role', 'web'))
 * isWeb({ role: 'web' }) // => true
 */
export const matcher = (selector: Selector): ((labels: Labels) => boolean) => {
  const first = compile(selector)
  return (labels) => follow(first, labels)
}

const compiled = new WeakMap<Selector, Next>()

/**
 * Whether Calico's selector matches these labels. Never fails, at any depth.
 *
 * `!=` and `not in` match where the label is absent. `all()` and `global()` match everything: what `global()` means
 * in a `namespaceSelector` is decided before selectors are evaluated.
 *
 * **Source**: `libcalico-go/lib/selector/parser/ast.go`, Evaluate.
 *
 * @example
 * matches(ne('env', 'prod'), {}) // => true
 */
export const matches = (selector: Selector, labels: Labels): boolean => {
  let first = compiled.get(selector)
  if (first === undefined) {
    first = compile(selector)
    compiled.set(selector, first)
  }
  return follow(first, labels)
}
