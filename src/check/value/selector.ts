import * as E from 'fp-ts/lib/Either.js'
import type { Issue } from '../../error.js'
import { parseSelector } from '../../selector/parse.js'
import { isPlainSelector } from '../../selector/plain.js'
import { printSelector } from '../../selector/print.js'
import { api, validator } from '../engine/calico-source.js'
import {
  all,
  type CheckRule,
  type Constraint,
  type Find,
  none,
  otherwise,
  rule,
  unless,
} from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'

const parts: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  character: ['A selector contains a line break or another character that is not allowed.', 'use spaces'],
  condition: ['A condition is missing from a selector.', "write a condition, such as role == 'web'"],
  label: [
    'A label is missing from a selector, or is not valid.',
    'use at most 512 letters, digits and "_./-"',
  ],
  operator: [
    'An operator is missing after a label.',
    'write ==, !=, in, not in, contains, starts with or ends with',
  ],
  parenthesis: ['A parenthesis is not closed, or was never opened.', 'close each parenthesis that is opened'],
  quote: ['A quote is not closed, or is a typographic one.', 'use \' or " on both sides'],
  set: ['A set of values is not written in braces.', "write it as { 'a', 'b' }"],
  value: ['A value is not quoted.', "quote it: 'web'"],
}

const syntaxRules: ReadonlyArray<CheckRule> = Object.entries(parts).map(([part, [what, remedy]]) => ({
  name: `selector-${part}`,
  what,
  remedy,
  source: 'libcalico-go/lib/selector/parser/parser.go',
}))

const readsAs: Find<string, Issue> = (text) => {
  const parsed = parseSelector(text)
  return E.isLeft(parsed) ? parsed.left.issues : none
}

const syntax: Constraint<string> = { rules: syntaxRules, parts: () => [{ find: readsAs }] }

const globalElsewhere: CheckRule = {
  name: 'selector-global',
  what: 'global() is used outside the namespaceSelector of a rule.',
  remedy: 'use global() only as the namespaceSelector of a rule: there it selects what is in no namespace',
  source: validator('validateEntityRule'),
}

/** Calico looks for the very text, also inside of quotes. */
const without = (word: string, bounds: Pick<CheckRule, 'since' | 'until'>): Constraint<string> =>
  rule({ ...globalElsewhere, ...bounds }, (text) =>
    unless(!text.includes(word), () => ({ message: `the selector ${quoted(text)} contains global()` })),
  )

const noGlobal: Constraint<string> = all(
  without('global()', { until: '3.33' }),
  without('global(', { since: '3.33' }),
)

const combined: CheckRule = {
  name: 'namespace-selector-global',
  what: 'global() is combined with another selector.',
  remedy: 'use global() by itself, and write a second rule for what is in a namespace',
  source: validator('validateEntityRule'),
}

const withOperator = /(?:&&|\|\|) global\(\)|global\(\) (?:&&|\|\|)/

/** Until the tokenizer was written anew, an operator right beside global() is what Calico looked for. */
const combinedByText: Constraint<string> = rule({ ...combined, until: '3.30' }, (text) => {
  if (!text.includes('global')) return none
  const parsed = parseSelector(text)
  if (E.isLeft(parsed)) return none
  return unless(!withOperator.test(printSelector(parsed.right)), () => ({
    message: `${quoted(text)} combines global() with another selector`,
  }))
})

const combinedByToken: Constraint<string> = rule({ ...combined, since: '3.30' }, (text) =>
  unless(!text.includes('global(') || /^[ \t]*global\(\s*\)[ \t]*$/.test(text), () => ({
    message: `${quoted(text)} is more than global() alone`,
  })),
)

/** The API server counts characters, of which some are two to JavaScript. */
const isOver = (text: string, most: number): boolean => text.length > most && [...text].length > most

/** The selector has no more characters than this. */
export const selectorUpTo = (
  most: number,
  bounds: Pick<CheckRule, 'source' | 'since' | 'until'>,
): Constraint<string> =>
  rule(
    {
      name: 'selector-too-long',
      what: 'A selector has more characters than this release of Calico allows.',
      remedy: 'shorten it: give the endpoints one label to select them by',
      by: 'API server',
      ...bounds,
    },
    (text) =>
      unless(!isOver(text, most), () => ({
        message: `the selector has ${[...text].length} characters: at most ${most} are allowed`,
      })),
  )

const length = selectorUpTo(1024, { source: api('policy_common.go, EntityRule'), since: '3.33' })

const isPlain = (text: string): boolean => text === '' || (isPlainSelector(text) && !text.includes('global('))

const unlessPlain = (...constraints: ReadonlyArray<Constraint<string>>): Constraint<string> =>
  otherwise(isPlain, all(syntax, length, ...constraints))

/** A selector that may be of any form. */
export const anySelector: Constraint<string> = unlessPlain()

/** A selector without global(). */
export const selector: Constraint<string> = unlessPlain(noGlobal)

/** One of a pool: what is in no namespace is none of its pods. */
export const poolSelector: Constraint<string> = unlessPlain(without('global(', { since: '3.33' }))

/** The namespaceSelector of a rule: global() may stand there, alone. */
export const namespaceSelector: Constraint<string> = unlessPlain(combinedByText, combinedByToken)
