import { CST, Lexer } from 'yaml'
import { strayLineSeparator } from './line-separator.js'
import type { Problem } from './problem.js'

interface Refusal extends Omit<Problem, 'offset'> {
  readonly pattern: RegExp
}

const character: Refusal = {
  rule: 'character',
  // The byte order mark may stand at the very beginning.
  pattern:
    /(?!^\ufeff(?![ \t]))[^\t\n\r -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|\r(?!\n)/u,
  message: 'YAML does not allow this character unescaped',
  hint: 'remove it, or write it as an escape in double quotes',
}

const tab: Refusal = {
  rule: 'tab',
  pattern: /^ *(?:[-?:] *)*\t/m,
  message: 'there is a tab where calicoctl expects spaces',
  hint: 'indent with spaces',
}

const tooDeepFault = { rule: 'too-deep', message: 'this is nested too deeply', hint: 'nest it less deeply' }

export const tooDeep = (offset: number): Problem => ({ ...tooDeepFault, offset })

const others: ReadonlyArray<Refusal> = [
  {
    rule: 'directive',
    pattern: /^%/m,
    message: 'calicoctl refuses a line that begins with "%"',
    hint: 'remove it',
  },
  {
    rule: 'document-end',
    pattern: /^\s*(?:#.*\n\s*)*\.\.\.(?!\S)/,
    message: 'calicoctl refuses "..." before any data',
    hint: 'remove it',
  },
  // A hundred dashes, question marks or keys in one line.
  { ...tooDeepFault, pattern: /(?<!\S)(?:(?:[-?]|[\w.]*:) +){100}/ },
]

const mostBrackets = 1000

/** Where more brackets are open than anyone means: the parser's time grows with the square of them. */
const deepBracket = (text: string): Problem | undefined => {
  let open = 0
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (bracket === '[' || bracket === '{' ? 1 : -1))
    if (open > mostBrackets) return tooDeep(index)
  }
  return undefined
}

const marks: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR])

/** A tag without a name, which the parser drops without a word; the same in quotes or in a comment is none. */
const namelessTag = (text: string): Problem | undefined => {
  if (!text.includes('!<>')) return undefined
  let offset = 0
  for (const token of new Lexer().lex(text)) {
    if (token === '!<>')
      return { rule: 'tag', message: 'calicoctl refuses a tag without a name', hint: 'remove it', offset }
    if (!marks.has(token)) offset += token.length
  }
  return undefined
}

/** What is refused before any parsing: calicoctl refuses it, readers of YAML differ about it, or it takes too long. */
export const refuse = (text: string): Problem | undefined => {
  // JSON may be indented by tabs.
  const isJson = /^[ \r\n]*[[{]/.test(text)
  for (const { pattern, ...refusal } of [character, ...(isJson ? [] : [tab]), ...others]) {
    const found = pattern.exec(text)
    if (found !== null) return { ...refusal, offset: found.index }
  }
  const { pattern: _, ...stray } = character
  const separator = strayLineSeparator(text)
  if (separator !== -1) return { ...stray, offset: separator }
  return deepBracket(text) ?? namelessTag(text)
}
