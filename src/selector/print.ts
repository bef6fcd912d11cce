import type { Condition, Selector } from './ast.js'

const operators = {
  Eq: ' == ',
  Ne: ' != ',
  Contains: ' contains ',
  StartsWith: ' starts with ',
  EndsWith: ' ends with ',
  In: ' in ',
  NotIn: ' not in ',
} as const

const joints = { And: ' && ', Or: ' || ' } as const

/** Not Calico's: what stands in backquotes is refused, so it cannot be read as something else. */
const inexpressible = (text: string): string => `\`${text}\``

const printKey = (key: string): string => (/^[a-zA-Z0-9_./-]{1,512}$/.test(key) ? key : inexpressible(key))

const printValue = (value: string): string => {
  if (!value.includes('"')) return `"${value}"`
  return value.includes("'") ? inexpressible(value) : `'${value}'`
}

/** Calico sorts by UTF-8 bytes, where what JavaScript holds as a surrogate pair comes last of all. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)

const byBytes = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

const printSet = (values: ReadonlyArray<string>): string =>
  `{${[...new Set(values)].sort(byBytes).map(printValue).join(', ')}}`

const printCondition = (condition: Condition): string => {
  switch (condition._tag) {
    case 'All':
      return 'all()'
    case 'Global':
      return 'global()'
    case 'Has':
      return `has(${printKey(condition.key)})`
    case 'In':
    case 'NotIn':
      return printKey(condition.key) + operators[condition._tag] + printSet(condition.values)
    default:
      return printKey(condition.key) + operators[condition._tag] + printValue(condition.value)
  }
}

/** Onto a stack, so what is printed first goes last. */
const pushParts = (todo: Array<Selector | string>, selector: Selector): void => {
  switch (selector._tag) {
    case 'And':
    case 'Or': {
      const [first, ...others] = selector.operands
      todo.push(')')
      for (const operand of others.reverse()) todo.push(operand, joints[selector._tag])
      todo.push(first, '(')
      break
    }
    case 'Not':
      todo.push(selector.operand, '!')
      break
    default:
      todo.push(printCondition(selector))
  }
}

/**
 * The selector as text, in the canonical form that Calico's own parser prints, byte for byte.
 *
 * Double quotes, unless the value holds one; sets sorted and without repeats; parentheses around every `&&` and `||`.
 *
 * Never fails. What no selector can say (a value with both kinds of quote, a key that is no label) stands in
 * backquotes: Calico, `parseSelector` and `check` refuse that text, and none of them can take it for another selector.
 *
 * Parsing this text and printing again gives this text again, except after a doubled negation with parentheses:
 * Calico prints `!(!has(a))` as `!!has(a)`, and reads that as `has(a)`.
 *
 * **Source**: `libcalico-go/lib/selector/parser/ast.go`, collectFragments.
 *
 * @example
 * printSelector(and(isIn('role', ['web', 'api']), not(has('env')))) // => '(role in {"api", "web"} && !has(env))'
 */
export const printSelector = (selector: Selector): string => {
  let text = ''
  // A stack of our own: the depth of a selector from outside must not be the depth of our calls.
  const todo: Array<Selector | string> = [selector]
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    if (typeof part === 'string') text += part
    else pushParts(todo, part)
  }
  return text
}
