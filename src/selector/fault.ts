import type { Issue } from '../error.js'
import { codeFrame, visible } from './code-frame.js'

/** What part of a selector is wrong. */
export type Rule = `selector-${
  | 'character'
  | 'condition'
  | 'label'
  | 'operator'
  | 'parenthesis'
  | 'quote'
  | 'set'
  | 'value'}`

/** Why a text is not a selector, and at which offset. */
export interface Fault {
  readonly _tag: 'Fault'
  readonly rule: Rule
  readonly at: number
  readonly message: string
  readonly hint: string
}

/** In the words, `$label` is the label before, `$word` what stands at the place, `$code` its first code point. */
export type Words = readonly [rule: Rule, message: string, hint: string]

/** For one way in which people get it wrong: how the text looks at the place (sticky), and what to say about it. */
export type Hint = readonly [here: RegExp, ...words: Words]

/** What to say at a place: the words of the first hint that fits, else those at the head. */
export type Hints = readonly [otherwise: Words, ...ReadonlyArray<Hint>]

const short = (word: string): string => visible(word.length > 40 ? `${word.slice(0, 40)}…` : word)

const wordAt = (text: string, at: number): string => {
  const word = /[^\s(){}[\]'",=!&|<>~]+|&&|\|\||[=!<>~]+|./uy
  word.lastIndex = at
  return word.exec(text)?.[0] ?? ''
}

const codeAt = (text: string, at: number): string =>
  `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

const wordsFor = ([otherwise, ...hints]: Hints, text: string, at: number): Words => {
  const fitting = hints.find(([here]) => {
    here.lastIndex = at
    return here.test(text)
  })
  if (fitting === undefined) return otherwise
  const [, ...words] = fitting
  return words
}

/** What is wrong at this offset. */
export const fault = (hints: Hints, text: string, at: number, label = ''): Fault => {
  const [rule, message, hint] = wordsFor(hints, text, at)
  const named: Readonly<Record<string, string>> = {
    $label: short(label),
    $word: short(wordAt(text, at)),
    $code: codeAt(text, at),
  }
  const fill = (sentence: string): string => sentence.replace(/\$\w+/g, (name) => named[name] ?? name)
  return { _tag: 'Fault', rule, at, message: fill(message), hint: fill(hint) }
}

export const toIssue = (text: string, { rule, at, message, hint }: Fault): Issue => ({
  rule,
  path: [],
  message,
  hint,
  source: 'libcalico-go/lib/selector/parser/parser.go',
  frame: codeFrame(text, at),
})
