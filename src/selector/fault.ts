import type { Issue } from '../error.js'

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

/** Why a text is no selector, and at which offset. */
export interface Fault {
  readonly _tag: 'Fault'
  readonly rule: Rule
  readonly at: number
  readonly message: string
  readonly hint: string
}

/** In the words, `$label` is the label before, `$word` what stands at the place, `$code` its first code point. */
export type Words = readonly [rule: Rule, message: string, hint: string]

/** A way in which people get it wrong: how the text looks at the place (sticky), and what to say about it. */
export type Misreading = readonly [here: RegExp, ...words: Words]

/** What to say at a place: the words of the first misreading that fits, else those at the head. */
export type Misreadings = readonly [otherwise: Words, ...ReadonlyArray<Misreading>]

/** One character for each, and none that a terminal would obey. */
const visible = (text: string): string =>
  text
    .replace(/\t/g, ' ')
    .replace(/[\r\n]/g, '⏎')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�')

const short = (word: string): string => visible(word.length > 40 ? `${word.slice(0, 40)}…` : word)

const wordAt = (text: string, at: number): string => {
  const word = /[^\s(){}[\]'",=!&|<>~]+|&&|\|\||[=!<>~]+|./uy
  word.lastIndex = at
  return word.exec(text)?.[0] ?? ''
}

const codeAt = (text: string, at: number): string =>
  `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

const wordsFor = ([otherwise, ...misreadings]: Misreadings, text: string, at: number): Words => {
  const fitting = misreadings.find(([here]) => {
    here.lastIndex = at
    return here.test(text)
  })
  if (fitting === undefined) return otherwise
  const [, ...words] = fitting
  return words
}

/** What is wrong at this offset. */
export const fault = (misreadings: Misreadings, text: string, at: number, label = ''): Fault => {
  const [rule, message, hint] = wordsFor(misreadings, text, at)
  const named: Readonly<Record<string, string>> = {
    $label: short(label),
    $word: short(wordAt(text, at)),
    $code: codeAt(text, at),
  }
  const fill = (sentence: string): string => sentence.replace(/\$\w+/g, (name) => named[name] ?? name)
  return { _tag: 'Fault', rule, at, message: fill(message), hint: fill(hint) }
}

/** The text around the place, and a caret below it. */
export const frame = (text: string, at: number): string => {
  const begin = Math.max(0, at - 50)
  const before = `${begin > 0 ? '…' : ''}${visible(text.slice(begin, at))}`
  const after = `${visible(text.slice(at, at + 30))}${at + 30 < text.length ? '…' : ''}`
  return `${before}${after}\n${' '.repeat([...before].length)}^`
}

export const toIssue = (text: string, { rule, at, message, hint }: Fault): Issue => ({
  rule,
  path: [],
  message,
  hint,
  source: 'libcalico-go/lib/selector/parser/parser.go',
  frame: frame(text, at),
})
