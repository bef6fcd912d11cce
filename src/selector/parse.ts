import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, invalid } from '../error.js'
import { combine, type Selector } from './ast.js'
import { type Fault, fault, toIssue } from './fault.js'
import { joint, openParenthesis } from './hints-joint.js'
import { type Reader, readCondition, skipBlanks } from './read-condition.js'

/** What stands between two parentheses. Its selectors are on the stack, from these places on. */
interface Group {
  /** Where it begins, and whether an odd number of `!` stands before it. */
  readonly at: number
  readonly negated: boolean
  /** The alternatives that `||` has ended, and the operands of `&&` since. */
  readonly alternatives: number
  operands: number
}

const negate = (negated: boolean, selector: Selector): Selector =>
  negated ? { _tag: 'Not', operand: selector } : selector

const endAlternative = (group: Group, stack: Array<Selector>): void => {
  stack.push(combine('And', stack.splice(group.operands)))
  group.operands = stack.length
}

const endGroup = (group: Group, stack: Array<Selector>): Selector => {
  endAlternative(group, stack)
  return negate(group.negated, combine('Or', stack.splice(group.alternatives)))
}

/** Any number of `!` counts as one or as none. `!=` is not among them. */
const readNegations = (reader: Reader): boolean => {
  let negated = false
  skipBlanks(reader)
  while (reader.text[reader.at] === '!' && reader.text[reader.at + 1] !== '=') {
    negated = !negated
    reader.at++
    skipBlanks(reader)
  }
  return negated
}

/** What types cannot see. */
const notText: Issue = {
  rule: 'wrong-type',
  path: [],
  message: 'expected the text of a selector',
  hint: 'write it in quotes, such as "role == \'web\'"; empty, it selects all',
}

const read = (text: string): Selector | Fault => {
  const reader: Reader = { text, at: 0 }
  // Stacks of our own: a megabyte of `(` must not become a million calls.
  const stack: Array<Selector> = []
  const waiting: Array<Group> = []
  let group: Group = { at: 0, negated: false, alternatives: 0, operands: 0 }
  for (;;) {
    const negated = readNegations(reader)
    if (text[reader.at] === '(') {
      waiting.push(group)
      group = { at: reader.at++, negated, alternatives: stack.length, operands: stack.length }
      continue
    }
    const condition = readCondition(reader)
    if (condition._tag === 'Fault') return condition
    stack.push(negate(negated, condition))

    skipBlanks(reader)
    while (text[reader.at] === ')') {
      const parent = waiting.pop()
      if (parent === undefined) return fault(joint, text, reader.at)
      stack.push(endGroup(group, stack))
      group = parent
      reader.at++
      skipBlanks(reader)
    }
    if (reader.at === text.length) break
    if (text.startsWith('||', reader.at)) endAlternative(group, stack)
    else if (!text.startsWith('&&', reader.at)) return fault(joint, text, reader.at)
    reader.at += 2
  }
  return waiting.length === 0 ? endGroup(group, stack) : fault(openParenthesis, text, group.at)
}

/**
 * The selector that a text means to Calico, or the one thing wrong with it: with the place under a caret, and what
 * to write instead. Accepts exactly what Calico 3.28 accepts; the empty text is `all()`.
 *
 * Takes linear time and no stack: texts from outside may be as long and as deep as they like.
 *
 * **Errors**: one issue; its rule is `selector-` and the part of a selector that is wrong: `character`, `condition`,
 * `label`, `operator`, `parenthesis`, `quote`, `set` or `value`.
 *
 * **Source**: `libcalico-go/lib/selector/tokenizer/tokenizer.go`, `libcalico-go/lib/selector/parser/parser.go`.
 *
 * @example
 * const role = orThrow(parseSelector("role == 'web'"))
 * printSelector(role) // => 'role == "web"'
 */
export const parseSelector = (text: string): E.Either<Invalid, Selector> => {
  if (typeof text !== 'string') return E.left(invalid([notText]))
  if (/^[ \t]*$/.test(text)) return E.right({ _tag: 'All' })
  const selector = read(text)
  return selector._tag === 'Fault' ? E.left(invalid([toIssue(text, selector)])) : E.right(selector)
}
