import { Composer, type ErrorCode, type ParsedNode, Parser } from 'yaml'
import type { Problem } from './problem.js'

/** Scalars stay texts: what they stand for is calicoctl's to say. */
const options = {
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
  keepSourceTokens: false,
} as const

const strange =
  /(?!^\ufeff)[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|\r(?!\n)/u
const directive = /^%/m
const manyDashes = /(?:[-?] +){100}/
const mostBrackets = 1000

const tooDeep = (offset: number): Problem => ({
  rule: 'too-deep',
  message: 'this is nested too deep',
  hint: 'make it flatter',
  offset,
})

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Where more brackets are open than anyone means: the parser's time grows with the square of them. */
const deepBracket = (text: string): number | undefined => {
  let open = 0
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (bracket === '[' || bracket === '{' ? 1 : -1))
    if (open > mostBrackets) return index
  }
  return undefined
}

/** What is refused before any parsing: calicoctl refuses it, or readers of YAML differ about it. */
const unreadable = (text: string): Problem | undefined => {
  const character = strange.exec(text)
  if (character !== null)
    return {
      rule: 'character',
      message: `the character ${codeOf(character[0])} cannot stand in YAML as it is`,
      hint: 'remove it, or write it as an escape in double quotes',
      offset: character.index,
    }
  const line = directive.exec(text)
  if (line !== null)
    return {
      rule: 'directive',
      message: 'calicoctl reads no line that begins with %',
      hint: 'remove it',
      offset: line.index,
    }
  const deep = manyDashes.exec(text)?.index ?? deepBracket(text)
  return deep === undefined ? undefined : tooDeep(deep)
}

const hints: Partial<Record<ErrorCode, string>> = {
  BAD_SCALAR_START: 'put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'indent keys alike, and put a value that has ": " in quotes',
  MULTILINE_IMPLICIT_KEY: 'end the key with ":", and indent what is under it',
  MISSING_CHAR: 'close what was opened',
  TAB_AS_INDENT: 'indent by spaces',
  BAD_INDENT: 'begin all keys of a map, and all dashes of a list, in the same column',
}

/** The parser calls itself for each level, and runs out of stack long before memory. */
const syntaxFault = (code: ErrorCode, message: string, offset: number): Problem => {
  if (code === 'RESOURCE_EXHAUSTION') return tooDeep(offset)
  const hint = hints[code]
  return { rule: 'yaml-syntax', message, offset, ...(hint === undefined ? {} : { hint }) }
}

type Place = number | readonly [number, ...number[]] | { readonly offset: number }

const offsetOf = (place: Place): number => {
  if (typeof place === 'number') return place
  return 'offset' in place ? place.offset : place[0]
}

const second: Omit<Problem, 'offset'> = {
  rule: 'second-document',
  message: 'calicoctl reads only what stands before this',
  hint: 'put "---" on a line of its own before it',
}

/**
 * The tree of nodes of one document, or the first thing that is wrong with its syntax: what follows a fault is
 * mostly its echo. `root` is null for a document that is empty.
 */
export const compose = (text: string): { readonly root: ParsedNode | null } | Problem => {
  const refused = unreadable(text)
  if (refused !== undefined) return refused
  let fault: Problem | undefined
  // Each level of the composer that sees the error reports it again: the first report has the place.
  const stop = (place: Place, code: ErrorCode, message: string, warning?: boolean): void => {
    if (warning === true) return
    fault ??= syntaxFault(code, message, offsetOf(place))
    throw new Error(message)
  }
  const composer = Object.defineProperty(new Composer(options), 'onError', { value: stop })
  try {
    const [document, more] = [...composer.compose(new Parser().parse(text))]
    if (more !== undefined) return { ...second, offset: more.range[0] }
    const [error] = document?.errors ?? []
    return error === undefined
      ? { root: document?.contents ?? null }
      : syntaxFault(error.code, error.message, error.pos[0])
  } catch {
    return fault ?? tooDeep(0)
  }
}
