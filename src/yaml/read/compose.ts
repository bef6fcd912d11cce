import { Composer, type ErrorCode, type ParsedNode, Parser } from 'yaml'
import type { Problem } from './problem.js'
import { refuse, tooDeep } from './refuse.js'

/** Scalars stay texts: what they stand for is calicoctl's to say. */
const options = {
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
  keepSourceTokens: false,
} as const

const hints: Partial<Record<ErrorCode, string>> = {
  BAD_SCALAR_START: 'put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'indent all keys of a map alike, and put a value that contains ": " in quotes',
  MULTILINE_IMPLICIT_KEY: 'end the key with ":", and indent what is under it',
  MISSING_CHAR: 'close the bracket or quote that was opened',
  TAB_AS_INDENT: 'indent with spaces',
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
  message: 'calicoctl reads only what comes before this',
  hint: 'put "---" on a line of its own before it',
}

/**
 * The tree of nodes of one document, or the first thing that is wrong with its syntax: what follows a fault is
 * mostly its echo. `root` is null for a document that is empty.
 */
export const compose = (text: string): { readonly root: ParsedNode | null } | Problem => {
  const refused = refuse(text)
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
    if (error !== undefined) return syntaxFault(error.code, error.message, error.pos[0])
    return { root: document?.contents ?? null }
  } catch {
    return fault ?? tooDeep(0)
  }
}
