import { call, has, key, keyLetter, operators } from './grammar.js'

const blanks = '[ \\t]*'
const either = (...expressions: ReadonlyArray<string>): string => `(?:${expressions.join('|')})`

const value = either("'[^']*'", '"[^"]*"')
const set = `\\{${blanks}(?:${value}${blanks}(?:,${blanks}|(?=\\})))*\\}`
// The label ends where no letter of it follows: "xin {}" has none before its "in".
const test = `${key}(?!${keyLetter})${blanks}${either(
  `${either(...operators.onValue)}${blanks}${value}`,
  `${either(...operators.onSet)}${blanks}${set}`,
)}`
const condition = `(?:!${blanks})*${either(test, has(key), call('(?:all|global)'))}${blanks}`

/** `&&` and `||` between operands. */
const joined = (operand: string): string => `${blanks}${operand}(?:(?:&&|\\|\\|)${blanks}${operand})*`
const group = `(?:!${blanks})*\\(${joined(condition)}\\)${blanks}`
const plain = new RegExp(`^${joined(either(condition, group))}$`)

/** Longer ones are rare, and a regular expression needs memory for what it may have to take back. */
const longest = 1024

/**
 * Whether the text is a selector of the usual form: at most 1024 characters, and no parentheses within parentheses.
 * True only where `parseSelector` takes the text, and in a fraction of its time; what is false is for it to judge.
 *
 * @example
 * isPlainSelector("role == 'web' && !has(quarantine)") // => true
 */
export const isPlainSelector = (text: string): boolean => text.length <= longest && plain.test(text)
