import * as E from 'fp-ts/lib/Either.js'
import type { Selector } from '../../selector/ast.js'
import { parseSelector } from '../../selector/parse.js'
import { printSelector } from '../../selector/print.js'
import { array, type Code, call } from './code.js'
import { quote } from './literal.js'

const functions = {
  All: 'all',
  Global: 'global',
  Has: 'has',
  Eq: 'eq',
  Ne: 'ne',
  Contains: 'contains',
  StartsWith: 'startsWith',
  EndsWith: 'endsWith',
  In: 'isIn',
  NotIn: 'notIn',
  Not: 'not',
  And: 'and',
  Or: 'or',
} as const satisfies Readonly<Record<Selector['_tag'], string>>

/** The calls that make the selector; undefined for what no call makes: an empty set, a doubled negation. */
const callsOf = (selector: Selector): Code | undefined => {
  const name = functions[selector._tag]
  if ('values' in selector) {
    return selector.values.length === 0
      ? undefined
      : call(name, quote(selector.key), array(selector.values.map(quote)))
  }
  if ('value' in selector) return call(name, quote(selector.key), quote(selector.value))
  if ('key' in selector) return call(name, quote(selector.key))
  if ('operand' in selector) {
    const operand = selector.operand._tag === 'Not' ? undefined : callsOf(selector.operand)
    return operand && call(name, operand)
  }
  if (!('operands' in selector)) return call(name)
  const operands = selector.operands.flatMap((operand) => callsOf(operand) ?? [])
  return operands.length < selector.operands.length ? undefined : call(name, ...operands)
}

/** How selectors are written: as calls where they print the very same text, or wherever they mean the same. */
export type SelectorStyle = 'exact' | 'calls'

/** A selector as calls of the DSL, or as its text. */
export const selectorCode = (text: string, style: SelectorStyle): Code => {
  const parsed = parseSelector(text)
  if (E.isLeft(parsed) || (style === 'exact' && printSelector(parsed.right) !== text)) return quote(text)
  return callsOf(parsed.right) ?? quote(text)
}
