import { isAlias, isScalar, type Pair, type ParsedNode, Scalar, type YAMLMap, type YAMLSeq } from 'yaml'

/*
 * Where the parser, which reads YAML 1.2, takes more than calicoctl's reader of YAML 1.1, or something else. Each
 * was found by giving both the same broken texts.
 *
 * **Source**: `gopkg.in/yaml.v2/scannerc.go`.
 */

/** What is wrong, and what to do about it. */
export type Fault = readonly [message: string, hint: string]

/** What a node stands in. */
export interface Surroundings {
  /** Between brackets or braces. */
  readonly inFlow: boolean
  /** Where the keys or dashes of the innermost map or list begin that has a line for each. */
  readonly column: number
}

const anchorName = /^[\w-]+$/

const anchorFault = (anchor: string | undefined, before: string | undefined): Fault | undefined =>
  anchor === undefined || (anchorName.test(anchor) && (before === undefined || /\s/.test(before)))
    ? undefined
    : [
        'an anchor is a single word with a space on either side',
        'put the value in quotes if the "&" is part of it',
      ]

const anEscape = /\\(?:\r?\n[ \t]*\r?\n|u[dD][89a-fA-F]|U0000[dD][89a-fA-F]|[\s\S])/g
/** JSON has the first two, YAML 1.1 has not; a line that goes on after an empty one is read in two ways. */
const isForeign = (written: string): boolean => written === '\\/' || written.length > 2

const notClosed: Fault = [
  'the quote is not closed',
  'close it; inside single quotes, write a single quote twice',
]

/** Whether what is between the quotes, without its escapes, ends with the first quote in it. */
const isClosed = (inside: string, quote: string): boolean =>
  inside !== '' && inside.indexOf(quote) === inside.length - 1

/** Whether each line of a plain scalar but the first is indented by more than what it stands in. */
const isIndented = (written: string, column: number): boolean =>
  written
    .split('\n')
    .slice(1)
    .every((line) => line.trim() === '' || line.search(/\S/) > column)

const plainFault = (written: string, { inFlow, column }: Surroundings): Fault | undefined => {
  if (inFlow && /^:|\?/.test(written))
    return ['inside brackets, "?" and ":" have a special meaning', 'put the value in quotes']
  return inFlow || isIndented(written, column)
    ? undefined
    : ['the value continues on a line that is not indented', 'indent it, or write it on one line']
}

const writtenFault = (node: Scalar.Parsed, text: string, surroundings: Surroundings): Fault | undefined => {
  const written = text.slice(node.range[0], node.range[1])
  switch (node.type) {
    case Scalar.PLAIN:
      return plainFault(written, surroundings)
    case Scalar.QUOTE_SINGLE:
      return isClosed(written.slice(1).replaceAll("''", ''), "'") ? undefined : notClosed
    case Scalar.QUOTE_DOUBLE:
      if (!isClosed(written.slice(1).replace(anEscape, ''), '"')) return notClosed
      return written.match(anEscape)?.some(isForeign)
        ? ['calicoctl does not understand \\/ or escaped surrogates', 'write the character itself']
        : undefined
    default:
      return undefined
  }
}

/** Why calicoctl refuses or misreads the node itself, if it does. */
export const nodeFault = (node: ParsedNode, text: string, surroundings: Surroundings): Fault | undefined => {
  if (isAlias(node)) return undefined
  return (
    anchorFault(node.anchor, text[node.range[0] - 1]) ??
    (isScalar(node) ? writtenFault(node, text, surroundings) : undefined)
  )
}

/** Without a line break after its last line, that line has none in the value. */
export const blockText = (node: Scalar.Parsed, text: string): string => {
  const isUnended =
    node.range[1] >= text.length && (/\S[ \t]*$/.test(text) || /(?:^|\n)[ \t]+\n$/.test(node.source))
  return isUnended ? node.source.replace(/\n$/, '') : node.source
}

/** The surroundings of what is in a map or a list. */
export const inside = (
  node: YAMLMap.Parsed | YAMLSeq.Parsed,
  text: string,
  { inFlow, column }: Surroundings,
): Surroundings => {
  if (inFlow || node.flow === true) return { inFlow: true, column }
  const [start] = node.range
  return { inFlow: false, column: start - (text.lastIndexOf('\n', start - 1) + 1) }
}

const colon = /[ \t]*:(?=\s|$)/y
const colonOfJson = /[ \t]*:/y
const endOfItem = /\s*(?:[,}\]#]|$)/y
const colonBelow = /\n( *):(?=\s|$)/y

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** A `?` at the beginning of a line, and the `:` below it. */
const isAnnounced = (text: string, start: number, end: number): boolean => {
  const indentation = matchAt(colonBelow, text, end)?.[1]
  return indentation !== undefined && text.slice(0, start).endsWith(`\n${indentation}? `)
}

/** Why calicoctl refuses or misreads the key of the pair, if it does. */
export const keyFault = (
  { key, value }: Pair<ParsedNode, ParsedNode | null>,
  text: string,
  surroundings: Surroundings,
): Fault | undefined => {
  const { inFlow } = surroundings
  const fault = nodeFault(key, text, surroundings)
  if (fault !== undefined) return fault
  if (!isAlias(key) && (key.anchor !== undefined || (key.tag !== undefined && value !== null)))
    return ['a key cannot have an anchor or a tag', 'put the key in quotes if the "&" or "!" is part of it']
  const [start, end] = key.range
  if (text.slice(start, end).includes('\n')) return ['a key must be on one line', 'write it on one line']
  const isQuoted = text[start] === '"' || text[start] === "'"
  const ending = inFlow && value === null ? endOfItem : inFlow && isQuoted ? colonOfJson : colon
  return matchAt(ending, text, end) !== null || isAnnounced(text, start, end)
    ? undefined
    : ['a key needs ":" and a space after it', 'write key: value']
}
